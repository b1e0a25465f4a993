"""The actions on the chosen job of the gallery."""

from aipaint.ui.action_spec import ActionSpec

GALLERY_ACTIONS = (
    ActionSpec(
        "gallery.open", "&Open in Editor", "folder-open", (),
        "The picture with the result as it was applied (what was mixed in by brush is in the "
        "document alone), in place of the document that is open",
    ),
    ActionSpec(
        "gallery.show", "&Show as Results", "images", (),
        "All its pictures under the canvas, to be compared and applied; costs nothing",
    ),
    ActionSpec("gallery.copyPrompt", "&Copy Prompt", "copy", (), "Its words to the clipboard"),
    ActionSpec(
        "gallery.rerun", "&Re-run", "refresh-cw", (),
        "The same again on the same picture, at the price shown", is_paid=True,
    ),
    ActionSpec(
        "gallery.delete", "&Delete", "trash", (),
        "Into the trash; it can be taken back, and what it cost stays in the books",
    ),
    ActionSpec(
        "gallery.clear", "C&lear All…", "brush-cleaning", (),
        "Every finished job into the trash, after a question",
    ),
)  # fmt: skip
