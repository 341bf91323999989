class PackageNotFoundError(ModuleNotFoundError):
    pass


def version(distribution_name):
    found = installed_version(distribution_name)
    if is_unknown(found):
        return found
    if found is None:
        raise PackageNotFoundError(distribution_name)
    return found


def packages_distributions():
    return {}
