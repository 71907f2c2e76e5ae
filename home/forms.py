from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import FileField
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from .pictures import strip_picture


class PictureField(WagtailImageField):
    """Wagtail's image field; the file is first decoded whole and written anew."""

    def to_python(self, data):
        upload = FileField.to_python(self, data)
        if upload is None:
            return None
        self.check_image_file_size(upload)
        name = upload.name or "picture"
        stripped = strip_picture(upload, name, self.max_image_pixels)
        return super().to_python(SimpleUploadedFile(name, stripped))


class SiteImageForm(BaseImageForm):
    file = PictureField(label=_("File"))
