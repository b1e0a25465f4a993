"""The actions of words and of what is sent."""

from aipaint.ui.action_spec import ActionSpec

PROMPT_ACTIONS = (
    ActionSpec(
        "generate.refine", "&Refine the Idea", "wand-sparkles", ("Ctrl+Alt+R",),
        "Have a language model word it, at the price shown", is_paid=True,
    ),
    ActionSpec(
        "generate.whatIsSent", "W&hat Will Be Sent…", "scan-eye", ("Ctrl+Alt+W",),
        "Look at exactly what will be sent, before it is sent",
    ),
    ActionSpec(
        "mask.neverSend", "&Never Send What Is Masked", "eye-off", (),
        "What is masked now never leaves this computer, with any picture of this document",
    ),
    ActionSpec(
        "mask.sendAll", "Send E&verything Again", "eye", (),
        "Forget the part that is never sent",
    ),
    ActionSpec(
        "view.neverSend", "What Is &Never Sent", "", (),
        "Dark and crossed out over the picture, wherever something is never sent", True,
    ),
)  # fmt: skip
