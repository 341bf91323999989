annotations = division = absolute_import = print_function = unicode_literals = generators = nested_scopes = None
with_statement = generator_stop = barry_as_FLUFL = None
