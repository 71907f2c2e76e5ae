"""Pictures that editors upload are kept as pixels only, and damaged ones are refused."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection

from home.models import SiteImage
from tests.factories import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload(client, administrator):
    client.force_login(administrator)

    def send(data: bytes, name: str = "photo.jpg"):
        return client.post(
            reverse("wagtailimages:add"),
            {
                "title": "A photograph",
                "file": SimpleUploadedFile(name, data),
                "collection": Collection.get_first_root_node().pk,
            },
        )

    return send


def photograph_with_place() -> bytes:
    image = Image.new("RGB", (60, 40), "teal")
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (13.0, 45.0, 0.0)
    file = io.BytesIO()
    image.save(file, "JPEG", exif=exif)
    return file.getvalue()


def test_an_uploaded_photograph_loses_the_place_where_it_was_taken(upload):
    sent = photograph_with_place()
    assert Image.open(io.BytesIO(sent)).getexif().get_ifd(0x8825)
    assert upload(sent).status_code == 302
    with SiteImage.objects.get().file.open() as kept:
        assert not dict(Image.open(kept).getexif())


def test_a_photograph_taken_upright_stands_upright(upload):
    upload(photograph_with_place())
    image = SiteImage.objects.get()
    assert (image.width, image.height) == (40, 60)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF", "AVIF"])
def test_every_allowed_format_is_kept_in_its_format(upload, kind):
    assert upload(picture(kind=kind), f"photo.{kind.lower()}").status_code == 302
    with SiteImage.objects.get().file.open() as kept:
        assert Image.open(kept).format == kind


def test_an_animation_keeps_its_frames(upload):
    frames = [Image.new("P", (8, 8), colour) for colour in range(3)]
    for number, frame in enumerate(frames):
        frame.putpalette([number * 80, 10, 20] * 256)
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], duration=100)
    upload(file.getvalue(), "moves.gif")
    with SiteImage.objects.get().file.open() as kept:
        assert Image.open(kept).n_frames == 3


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_that_was_cut_short_is_refused_with_the_way_out(upload, kind):
    whole = picture(width=300, height=300, kind=kind)
    name = f"photo.{kind.lower()}"
    response = upload(whole[: len(whole) // 2], name)
    assert response.status_code == 200
    assert "photo." in response.content.decode()
    assert response.context["form"].errors["file"]
    assert not SiteImage.objects.exists()


def test_a_small_file_that_unfolds_to_a_huge_picture_is_refused(upload):
    file = io.BytesIO()
    Image.new("1", (12_000, 10_000)).save(file, "PNG")
    response = upload(file.getvalue(), "bomb.png")
    assert response.context["form"].errors["file"]
    assert not SiteImage.objects.exists()
