"""The form is read back by an independent parser exactly as it was put in."""

from hypothesis import given
from hypothesis import strategies as st

from aipaint.providers.multipart import FilePart, multipart_body
from tests.servers.received import parse_form

names = st.text("abcdefghij_[]", min_size=1, max_size=12)


@given(
    st.lists(st.tuples(names, st.text(max_size=200)), max_size=4),
    st.lists(st.tuples(names, st.binary(max_size=2000)), max_size=3),
)
def test_a_form_survives(fields: list[tuple[str, str]], files: list[tuple[str, bytes]]) -> None:
    parts = tuple(FilePart(name, "x.png", "image/png", data) for name, data in files)
    body, content_type = multipart_body(tuple(fields), parts)
    read = parse_form(body, content_type)
    assert [(part.name, part.data) for part in read] == [
        *((name, text.encode()) for name, text in fields),
        *files,
    ]


def test_the_same_form_gives_the_same_bytes_and_names_cannot_break_out() -> None:
    parts = (FilePart('a"\r\nX: y', 'b".png', "image/png", b"x"),)
    body, _ = multipart_body((), parts)
    assert body == multipart_body((), parts)[0]
    assert b"\r\nX: y" not in body
