class PackageNotFoundError(ModuleNotFoundError):
    pass


def version(distribution_name):
    found = installed_version(distribution_name)
    if found is None:
        raise PackageNotFoundError(distribution_name)
    return found


def packages_distributions():
    return {}
