"""What is said to the model that words prompts, and what is understood of its answer."""

import json
from dataclasses import dataclass

DEFAULT_INSTRUCTIONS = """\
You turn a rough idea for a picture into a prompt for an image model.
KEEP: every thing, person, number, name, color, place and text in quotes that the idea mentions, its
mood and its language. Never add people, text, logos or brands that it does not mention.
CHANGE: vague words into what can be seen; add light, materials, framing and depth where the idea
leaves them open; put the most important thing first. At most 80 words, no lists, no headings.
Answer with one JSON object and nothing else:
{"prompt": "the prompt", "negative_prompt": "what would spoil it, in a few words, may be empty"}"""

_MAX_WORDS = 16_000


@dataclass(frozen=True)
class RefinedText:
    """What came out of an answer."""

    prompt: str
    negative_prompt: str = ""


def question_of(intent: str, negative_prompt: str) -> str:
    """The idea, with what the user already wants to avoid."""
    avoid = negative_prompt.strip()
    return f"{intent.strip()}\n\nTo be avoided so far: {avoid}" if avoid else intent.strip()


def read_refined(answer: str, negative_prompt: str = "") -> RefinedText:
    """The JSON object wherever it stands in the answer; an answer without one is the prompt."""
    tree = _object_in(answer)
    if tree is None:
        return RefinedText(_without_fence(answer)[:_MAX_WORDS].strip(), negative_prompt)
    prompt, negative = tree.get("prompt"), tree.get("negative_prompt")
    if not isinstance(prompt, str) or not prompt.strip():
        return RefinedText(_without_fence(answer)[:_MAX_WORDS].strip(), negative_prompt)
    avoid = negative if isinstance(negative, str) else negative_prompt
    return RefinedText(prompt.strip()[:_MAX_WORDS], avoid.strip()[:_MAX_WORDS])


def _object_in(answer: str) -> dict[str, object] | None:
    """The first that can be read; models that think write before it, some after it."""
    start = answer.find("{")
    while start >= 0:
        try:
            tree, _ = json.JSONDecoder().raw_decode(answer[start:])
        except (ValueError, RecursionError):
            tree = None
        if isinstance(tree, dict) and "prompt" in tree:
            return tree
        start = answer.find("{", start + 1) if start < len(answer) - 1 else -1
    return None


def _without_fence(answer: str) -> str:
    lines = [line for line in answer.splitlines() if not line.strip().startswith("```")]
    return "\n".join(lines)
