from django import forms


def say_what_is_missing(form: forms.BaseForm) -> None:
    """*Ghi lý do.*, *Chọn đơn vị.*: what to do, in the words of the field."""
    for field in form.fields.values():
        verb = "Chọn" if isinstance(field, forms.ChoiceField | forms.ModelChoiceField) else "Ghi"
        label = str(field.label or "")
        field.error_messages["required"] = f"{verb} {label[:1].lower()}{label[1:]}."
