"""Where a model moved or zoomed the picture it was to leave alone, and undoing it.

Image models return edits that are a little shifted or zoomed against what they were sent. Both are
estimated on the pixels that were not to change: phase correlation over a few scales for the coarse
place, then the enhanced correlation coefficient (Evangelidis and Psarakis, "Parametric Image
Alignment Using Enhanced Correlation Coefficient Maximization", 2008) for the rest.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from aipaint.pixels.cv import cv2

_COARSE_SIDE = 256
_FINE_SIDE = 1024
_COARSE_SCALES = (0.96, 0.97, 0.98, 0.99, 1.0, 1.01, 1.02, 1.03, 1.04)
_LARGEST_ZOOM = 0.08
_LARGEST_SHIFT_SHARE = 0.1
_LEAST_RING_PIXELS = 1024
_LEAST_CORRELATION = 0.8
_GOOD_ENOUGH = 0.94
_LEAST_GAIN = 0.02
_STARTS = 4
_POLISHING_ROUNDS = 8
_SKEW_LIMIT = 0.01
_STILL_PIXELS = 0.15

Grey = npt.NDArray[np.float32]
Ring = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Registration:
    """How an answer lies on its source.

    A point p of the source is found at `scale` * (p - center) + center + shift in the answer, with
    shifts in pixels. `correlation` (-1..1) is that of the unmasked pixels once this is undone.
    `is_confident`: it may be undone; otherwise the values are a guess.
    """

    scale: float
    shift_x: float
    shift_y: float
    correlation: float
    is_confident: bool

    def moves(self, width: int, height: int) -> bool:
        """Whether any corner of a picture of that size moves by more than can be seen."""
        zoom = abs(self.scale - 1) * max(width, height) / 2
        return zoom + max(abs(self.shift_x), abs(self.shift_y)) > _STILL_PIXELS


def register(
    answer: npt.NDArray[np.uint8],
    source: npt.NDArray[np.uint8],
    unmasked: npt.NDArray[np.bool_],
) -> Registration:
    """Compare two pictures (h, w, 3 or 4) where `unmasked` (h, w) says they show the same."""
    height, width = unmasked.shape
    still = Registration(1.0, 0.0, 0.0, 0.0, is_confident=False)
    if int(np.count_nonzero(unmasked)) < _LEAST_RING_PIXELS or min(height, width) < 32:
        return still
    factor = min(1.0, _FINE_SIDE / max(height, width))
    here, there, ring = (
        _grey(source, factor),
        _grey(answer, factor),
        _smaller(unmasked.astype(np.uint8), factor),
    )
    if float(here[ring > 0].std()) < 2.0:
        return still  # nothing to hold on to: a plain sky looks the same everywhere
    in_place = _correlation(here, there, ring)
    best = replace(
        still, correlation=round(in_place, 4), is_confident=in_place >= _LEAST_CORRELATION
    )
    for start in _coarse(here, there, ring)[:_STARTS]:
        found = _refined(here, there, ring, start)
        if found is None:
            continue
        guess = _judged(here, there, ring, found, factor)
        if guess.correlation > best.correlation + _LEAST_GAIN * (1 - best.correlation) and (
            guess.is_confident or not best.is_confident
        ):
            best = guess
        if best.correlation > _GOOD_ENOUGH:
            break
    return best


def undo(answer: npt.NDArray[np.uint8], registration: Registration) -> npt.NDArray[np.uint8]:
    """The answer (h, w, channels) as it would lie on its source; at the edges its own last pixels
    are repeated. One that does not move comes back byte for byte."""
    height, width = answer.shape[:2]
    if not registration.moves(width, height):
        return answer.copy()
    matrix = _matrix(registration.scale, registration.shift_x, registration.shift_y, width, height)
    return np.asarray(
        cv2.warpAffine(
            np.ascontiguousarray(answer),
            matrix,
            (width, height),
            flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        ),
        dtype=np.uint8,
    )


def _coarse(here: Grey, there: Grey, ring: Ring) -> list[tuple[float, float, float]]:
    """A few scales, each with the shift that phase correlation finds for it; the best first."""
    factor = min(1.0, _COARSE_SIDE / max(here.shape))
    small_ring = _smaller(ring, factor)
    small_here, small_there = _flattened(here, ring, factor), _flattened(there, ring, factor)
    height, width = small_here.shape
    window = np.asarray(cv2.createHanningWindow((width, height), cv2.CV_32F), np.float32)
    starts: list[tuple[float, tuple[float, float, float]]] = []
    for scale in _COARSE_SCALES:
        zoomed = _warped(small_there, _matrix(scale, 0, 0, width, height))
        (x, y), _ = cv2.phaseCorrelate(small_here, zoomed, window)
        for shift in ((scale * x, scale * y), (0.0, 0.0)):
            placed = _warped(small_there, _matrix(scale, *shift, width, height))
            score = _correlation(small_here, placed, small_ring)
            starts.append((score, (scale, shift[0] / factor, shift[1] / factor)))
    starts.sort(reverse=True)
    return [start for _, start in starts]


def _refined(
    here: Grey, there: Grey, ring: Ring, start: tuple[float, float, float]
) -> npt.NDArray[np.float32] | None:
    height, width = here.shape
    matrix = _matrix(*start, width, height)
    criteria = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 60, 1e-5)
    # ECC takes its mask on the input side, where a masked place may have moved to.
    trusted = cv2.warpAffine(ring, matrix, (width, height), flags=cv2.INTER_NEAREST)
    try:
        _, found = cv2.findTransformECC(
            here, there, matrix, cv2.MOTION_AFFINE, criteria, np.asarray(trusted, np.uint8), 5
        )
    except cv2.error:
        return None  # it did not converge
    return np.asarray(found, np.float32)


def _judged(
    here: Grey, there: Grey, ring: Ring, matrix: npt.NDArray[np.float32], factor: float
) -> Registration:
    """From the affine matrix to scale and shift, and whether they are to be believed."""
    height, width = here.shape
    skew = max(
        abs(float(matrix[0, 1])),
        abs(float(matrix[1, 0])),
        abs(float(matrix[0, 0] - matrix[1, 1])) / 2,
    )
    # The shift of the middle: it does not depend on where the scale is counted from.
    middle = np.array([(width - 1) / 2, (height - 1) / 2, 1.0])
    shift_x, shift_y = (float(value) for value in matrix @ middle - middle[:2])
    start = (float(matrix[0, 0] + matrix[1, 1]) / 2, shift_x, shift_y)
    scale, shift_x, shift_y = _polished(here, there, ring, start)
    placed = _warped(there, _matrix(scale, shift_x, shift_y, width, height))
    after = _correlation(here, placed, ring)
    is_confident = (
        after >= _LEAST_CORRELATION
        and skew <= _SKEW_LIMIT
        and abs(scale - 1) <= _LARGEST_ZOOM
        and max(abs(shift_x), abs(shift_y)) <= _LARGEST_SHIFT_SHARE * max(width, height)
    )
    return Registration(scale, shift_x / factor, shift_y / factor, round(after, 4), is_confident)


def _polished(
    here: Grey, there: Grey, ring: Ring, start: tuple[float, float, float]
) -> tuple[float, float, float]:
    """Gauss-Newton over scale, shift, gain and offset alone; what differs strongly counts little.

    The affine matrix has three freedoms more, which noise uses where a picture has few edges.
    """
    height, width = here.shape
    columns = np.arange(width, dtype=np.float32) - (width - 1) / 2
    rows = np.arange(height, dtype=np.float32)[:, None] - (height - 1) / 2
    trusted = ring > 0
    here, there = _smooth(here), _smooth(there)
    guess = np.array(start)
    for _ in range(_POLISHING_ROUNDS):
        placed = _warped(there, _matrix(guess[0], guess[1], guess[2], width, height))
        slope_x = np.asarray(cv2.Scharr(placed, cv2.CV_32F, 1, 0, scale=1 / 32))
        slope_y = np.asarray(cv2.Scharr(placed, cv2.CV_32F, 0, 1, scale=1 / 32))
        terms = (slope_x * columns + slope_y * rows, slope_x, slope_y, placed)
        step = _weighted_step(np.stack([term[trusted] for term in terms]), here[trusted])
        guess = guess + step
        if float(np.abs(step * (max(width, height) / 2, 1, 1)).max()) < 0.01:
            break
    return float(guess[0]), float(guess[1]), float(guess[2])


def _weighted_step(
    terms: npt.NDArray[np.float32], wanted: npt.NDArray[np.float32]
) -> npt.NDArray[np.float64]:
    """`terms` (4, n): what one unit of scale, shift x and shift y changes, and the pixels."""
    placed = terms[3]
    gain = float(wanted.std()) / max(float(placed.std()), 1e-6)
    rest = wanted - wanted.mean() - gain * (placed - placed.mean())
    spread = max(float(np.median(np.abs(rest))), 0.5)
    weight = 1 / (1 + np.square(rest / (2 * spread)))
    slopes = np.concatenate([gain * terms[:3], terms[3:], np.ones_like(terms[:1])])
    normal = (slopes * weight) @ slopes.T
    normal += np.eye(5) * 1e-6 * np.trace(normal)
    return np.asarray(np.linalg.solve(normal, (slopes * weight) @ rest)[:3], np.float64)


def _matrix(
    scale: float, shift_x: float, shift_y: float, width: int, height: int
) -> npt.NDArray[np.float32]:
    """From a point of the source to its place in the answer, as warpAffine's inverse map."""
    x, y = (width - 1) / 2, (height - 1) / 2
    return np.array(
        [[scale, 0, x * (1 - scale) + shift_x], [0, scale, y * (1 - scale) + shift_y]], np.float32
    )


def _warped(picture: Grey, matrix: npt.NDArray[np.float32]) -> Grey:
    height, width = picture.shape
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    placed = cv2.warpAffine(
        picture, matrix, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(placed, np.float32)


def _smooth(picture: Grey) -> Grey:
    return np.asarray(cv2.GaussianBlur(picture, (5, 5), 0), np.float32)


def _flattened(grey: Grey, ring: Ring, factor: float) -> Grey:
    """Without what is masked: its average is put there, so that it lends no edge."""
    flat = np.where(ring > 0, grey, grey[ring > 0].mean()).astype(np.float32)
    if factor == 1.0:
        return flat
    return np.asarray(
        cv2.resize(flat, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.float32
    )


def _correlation(here: Grey, there: Grey, ring: Ring) -> float:
    """Of the unmasked pixels; blind to a change of brightness or contrast."""
    one, other = here[ring > 0], there[ring > 0]
    one, other = one - one.mean(), other - other.mean()
    size = float(np.sqrt((one * one).sum() * (other * other).sum()))
    return float((one * other).sum()) / size if size > 0 else 0.0


def _grey(picture: npt.NDArray[np.uint8], factor: float) -> Grey:
    plain = cv2.cvtColor(np.ascontiguousarray(picture[..., :3]), cv2.COLOR_RGB2GRAY)
    if factor < 1.0:
        plain = cv2.resize(plain, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return np.asarray(plain, np.float32)


def _smaller(ring: npt.NDArray[np.uint8], factor: float) -> Ring:
    if factor == 1.0:
        return ring
    small = cv2.resize(ring * 255, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    # Only places that are unmasked through and through.
    return np.asarray(np.asarray(small) == 255, np.uint8)
