from django.forms.renderers import TemplatesSetting


class HouseRenderer(TemplatesSetting):
    """Forms in the look of the house: ``{{ form }}`` all of it, ``{{ form.name.as_field_group }}`` one field."""

    form_template_name = "common/forms/form.html"
    field_template_name = "common/forms/field.html"
