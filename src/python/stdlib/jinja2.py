"""Texts made from templates: nobody knows them, and to make them takes longer than anything a model does."""


class Template:
    def __init__(self, *args, **kwargs):
        pass

    def render(self, *args, **kwargs):
        return unknown("a text made from a template")


class Environment:
    def __init__(self, *args, **kwargs):
        pass

    def get_template(self, *args, **kwargs):
        return Template()

    from_string = get_template


def __getattr__(name):
    return unknown("jinja2." + name)
