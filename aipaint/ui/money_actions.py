"""The actions that spend money, or show where it went."""

from aipaint.ui.action_spec import ActionSpec

MONEY_ACTIONS = (
    ActionSpec(
        "generate.start", "&Generate", "sparkles", ("Ctrl+Return", "Ctrl+Enter"),
        "Start the edit at the price shown", is_paid=True,
    ),
    ActionSpec(
        "generate.enqueue", "Add to &Queue", "list-plus", ("Ctrl+Alt+Return", "Ctrl+Alt+Enter"),
        "Start it after what runs already, at the price shown", is_paid=True,
    ),
    ActionSpec("generate.cancel", "&Cancel the Job", "ban", (), "Stop what is being generated"),
    ActionSpec(
        "generate.pauseQueue", "&Pause the Queue", "pause", (),
        "Nothing new starts; what runs goes on", is_checkable=True, is_paid=True,
    ),
    ActionSpec(
        "generate.cancelWaiting", "Cancel &Waiting Jobs", "ban", (), "Everything that has not begun"
    ),
    ActionSpec(
        "generate.inbox", "&Inbox: Paid, Not Used…", "inbox", (),
        "Pictures that were bought and that nobody has used yet",
    ),
    ActionSpec(
        "generate.spending", "&Spending…", "receipt-text", (), "Where the money went, with receipts"
    ),
    ActionSpec(
        "edit.settings", "Se&ttings…", "settings", ("Ctrl+,",), "Limits of spending and the rest"
    ),
)  # fmt: skip
