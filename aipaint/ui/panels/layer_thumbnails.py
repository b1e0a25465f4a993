"""`LayerThumbnails`: small pictures of layers and their masks, made late and on a worker."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from aipaint.document.change import Change, Part
from aipaint.document.document import Document
from aipaint.document.picture import Picture
from aipaint.errors import AipaintError
from aipaint.pixels.small_picture import small_picture
from aipaint.pixels.tile import Pixels, image_over
from aipaint.ui.background import Background, Work

_SIDE = 64  # twice what is drawn, for screens with small pixels
_CALM_MILLISECONDS = 250

_Images = tuple[QImage | None, QImage | None]
"""Of the layer and of its mask."""


class LayerThumbnails(QObject):
    """Only of the layers that `wanted` names, after the painter has paused for a moment."""

    changed = Signal()

    def __init__(
        self, document: Document, wanted: Callable[[], Sequence[str]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._wanted = wanted
        self._background: Background | None = None
        self._images: dict[str, _Images] = {}
        self._is_busy = False
        self._is_stale = True
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_CALM_MILLISECONDS)
        self._calm.timeout.connect(self._make)
        self.is_open: Callable[[str], bool] = lambda _: True
        document.changed.connect(self._on_document_changed)

    def start(self, background: Background) -> None:
        """From now on there are pictures; before, the rows do without."""
        self._background = background
        self._calm.start()

    def image(self, layer_id: str) -> QImage | None:
        """The newest there is; None until there is one."""
        return self._images.get(layer_id, (None, None))[0]

    def mask_image(self, layer_id: str) -> QImage | None:
        return self._images.get(layer_id, (None, None))[1]

    @property
    def shape(self) -> tuple[int, int]:
        """Width and height of what they show."""
        frame = self._document.picture.frame
        return max(1, frame.width), max(1, frame.height)

    def look_again(self) -> None:
        """Other rows have come into view."""
        self._is_stale = True
        if self._background is not None and not self._calm.isActive():
            self._calm.start()

    def _on_document_changed(self, change: Change) -> None:
        if change.parts & (Part.PIXELS | Part.LAYERS | Part.FRAME) and self._background is not None:
            self._is_stale = True
            self._calm.start()

    def _make(self) -> None:
        if self._is_busy or self._background is None or not self._is_stale:
            return
        wanted = tuple(self._wanted())
        if not wanted:
            return
        self._is_busy, self._is_stale = True, False
        picture = self._document.picture
        snapshot = picture.snapshot()

        def done(images: dict[str, _Images]) -> None:
            self._is_busy = False
            there = {layer.id for layer in self._document.picture.layers}
            kept = {key: value for key, value in self._images.items() if key in there}
            self._images = kept | images
            self.changed.emit()
            if self._is_stale:
                self._calm.start()

        def failed(error: AipaintError) -> None:
            del error  # it is in the log; the rows keep the pictures they have
            self._is_busy = False

        self._background.start(Work(lambda: _images_of(snapshot, wanted), done, failed))


def _images_of(picture: Picture, layer_ids: Sequence[str]) -> dict[str, _Images]:
    """On a worker."""
    images: dict[str, _Images] = {}
    for layer_id in layer_ids:
        layer = picture.layer(layer_id)
        own = None if layer.is_group else image_over(_small(picture, layer_id)).copy()
        mask = None
        if layer.mask is not None:
            pixels = small_picture(layer.mask.tiles, picture.frame, _SIDE)
            mask = _grey(pixels)
        images[layer_id] = (own, mask)
    return images


def _small(picture: Picture, layer_id: str) -> Pixels:
    return small_picture(picture.layer(layer_id).tiles, picture.frame, _SIDE)


def _grey(pixels: Pixels) -> QImage:
    height, width = pixels.shape
    grey = QImage.Format.Format_Grayscale8
    return QImage(pixels.data, width, height, pixels.strides[0], grey).copy()
