from django.core.files.uploadedfile import UploadedFile
from wagtail.images.forms import BaseImageForm

from .pictures import strip_picture


class SiteImageForm(BaseImageForm):
    """Wagtail's image form; a newly chosen file is decoded whole and loses its metadata."""

    def clean_file(self):
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            stripped = strip_picture(file, file.name)
            # Wagtail reads the size and the Willow image from what its own field has left here.
            stripped.content_type = file.content_type
            stripped.image = file.image
            return stripped
        return file
