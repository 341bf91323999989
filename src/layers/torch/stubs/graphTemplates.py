"""PyTorch Geometric writes faster copies of methods from templates; without them the methods themselves run."""


def module_from_template(module_name, template_path, tmp_dirname, **options):
    raise NotImplementedError("templates are not filled in")
