"""Fit the weights that tell an article's lines from the rest of a pasted page.

    python -m bot.training.clean DATA [--folds 4]

DATA is the folder of the development data (`clean_pages` says which files). A linear-chain conditional random field is
fitted with an L2 penalty by L-BFGS; a wrong line costs by its words (softmax-margin, Gimpel and Smith 2010), since a
reader misses a paragraph more than a caption. With `--folds`, sites are first held out in turn, and the share of body
words kept and of other words left is reported. Then the weights of all pages are written.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import torch

from bot.text import line_model
from bot.text.line_features import describe
from bot.text.line_model import FIRST, FOLLOWERS, LAST, LineModel, Part, without_furniture
from bot.training.clean_pages import Page, read_pages

if TYPE_CHECKING:
    from collections.abc import Sequence

_OUT = Path(line_model.__file__).with_name("line_weights.json")
_SEED = 5
_PENALTY = 6.0
_LEAST_PAGES = 5
_STEPS = 80
_BATCH = 100
_COST = 1.0
_COST_WORDS = 40
_SMALLEST = 0.02
_NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Case:
    """A page with the features and the part of each of its lines."""

    page: Page
    names: list[list[str]]
    parts: list[Part]


def case_of(page: Page) -> Case:
    """Describe a page, furniture left out, and turn its marks into parts."""
    places, cuts = without_furniture(page.lines)
    lines = tuple(page.lines[at] for at in places)
    body = tuple(page.body[at] for at in places)
    return Case(replace(page, lines=lines, body=body), describe(lines, cuts), _parts(body))


def read_cases(data: Path) -> list[Case]:
    """Read and describe all pages that have a body."""
    cases = [case_of(page) for page in read_pages(data, _SEED)]
    return [case for case in cases if Part.BODY in case.parts]


def _parts(body: Sequence[bool]) -> list[Part]:
    if True not in body:
        return [Part.TAIL] * len(body)
    first = body.index(True)
    last = len(body) - 1 - body[::-1].index(True)
    return [_part(at, mark=mark, first=first, last=last) for at, mark in enumerate(body)]


def _part(at: int, *, mark: bool, first: int, last: int) -> Part:
    if mark:
        return Part.BODY
    if at < first:
        return Part.HEAD
    if at < last:
        return Part.ASIDE
    return Part.BREAK if at == last + 1 else Part.TAIL


class Field:
    """The tensors of some cases, padded to the longest of them, and the likelihood of given weights."""

    def __init__(self, cases: Sequence[Case], names: dict[str, int]) -> None:
        longest = max(len(case.parts) for case in cases)
        size = (len(cases), longest)
        self.mask = torch.zeros(size, dtype=torch.bool)
        self.gold = torch.zeros(size, dtype=torch.long)
        self.cost = torch.zeros(*size, len(Part))
        self.weight = torch.tensor([case.page.weight for case in cases])
        flat: list[int] = []
        starts: list[int] = []
        for row, case in enumerate(cases):
            self._fill(row, case)
            for line in case.names:
                starts.append(len(flat))
                flat += [names[name] for name in line if name in names]
        self.flat, self.starts = torch.tensor(flat), torch.tensor(starts)
        self.allowed = _table({(one, other): 0.0 for one, others in FOLLOWERS.items() for other in others})
        self.first = torch.tensor([0.0 if part in FIRST else _NEVER for part in Part])
        self.last = torch.tensor([0.0 if part in LAST else _NEVER for part in Part])

    def _fill(self, row: int, case: Case) -> None:
        count = len(case.parts)
        self.mask[row, :count] = True
        self.gold[row, :count] = torch.tensor([int(part) for part in case.parts])
        for at, (line, part) in enumerate(zip(case.page.lines, case.parts, strict=True)):
            price = _COST * min(len(line.split()), _COST_WORDS) / (_COST_WORDS / 2)
            for other in Part:
                if (other is Part.BODY) != (part is Part.BODY):
                    self.cost[row, at, other] = price

    def loss(self, weights: torch.Tensor, transitions: torch.Tensor) -> torch.Tensor:
        """Give the negative log-likelihood with costs, summed over pages."""
        scores = torch.zeros(*self.gold.shape, len(Part))
        scores[self.mask] = torch.nn.functional.embedding_bag(self.flat, weights, self.starts, mode="sum")
        moves = transitions + self.allowed
        return ((self._all_paths(scores + self.cost, moves) - self._gold_path(scores, moves)) * self.weight).sum()

    def _all_paths(self, scores: torch.Tensor, moves: torch.Tensor) -> torch.Tensor:
        total = scores[:, 0] + self.first
        for at in range(1, scores.shape[1]):
            step = torch.logsumexp(total[:, :, None] + moves, dim=1) + scores[:, at]
            total = torch.where(self.mask[:, at, None], step, total)
        return torch.logsumexp(total + self.last, dim=1)

    def _gold_path(self, scores: torch.Tensor, moves: torch.Tensor) -> torch.Tensor:
        lines = (scores.gather(2, self.gold[:, :, None])[:, :, 0] * self.mask).sum(1)
        return lines + (moves[self.gold[:, :-1], self.gold[:, 1:]] * self.mask[:, 1:]).sum(1)


def _table(allowed: dict[tuple[Part, Part], float]) -> torch.Tensor:
    return torch.tensor([[allowed.get((one, other), _NEVER) for other in Part] for one in Part])


def train(cases: Sequence[Case]) -> LineModel:
    """Fit the weights of the features that at least a few pages show."""
    pages = Counter(name for case in cases for name in {name for line in case.names for name in line})
    names = {name: at for at, name in enumerate(sorted(name for name, n in pages.items() if n >= _LEAST_PAGES))}
    fields = _fields(cases, names)
    weights = torch.zeros(len(names), len(Part), requires_grad=True)
    transitions = torch.zeros(len(Part), len(Part), requires_grad=True)
    optimiser = torch.optim.LBFGS([weights, transitions], max_iter=_STEPS, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        loss = _PENALTY / 2 * weights.square().sum()
        for field in fields:
            loss = loss + field.loss(weights, transitions)
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimiser.step(closure)  # type: ignore[no-untyped-call]
    rows = {name: _rounded(weights[at]) for name, at in names.items()}
    kept = {name: row for name, row in rows.items() if max(map(abs, row)) >= _SMALLEST}
    return LineModel(kept, tuple(_rounded(row) for row in transitions))


def _fields(cases: Sequence[Case], names: dict[str, int]) -> list[Field]:
    """Put pages of like length together, so that little is padded."""
    ordered = sorted(cases, key=lambda case: len(case.parts))
    return [Field(ordered[at : at + _BATCH], names) for at in range(0, len(ordered), _BATCH)]


def _rounded(row: torch.Tensor) -> tuple[float, ...]:
    return tuple(round(value, 2) for value in row.tolist())


def report(cases: Sequence[Case], model: LineModel) -> str:
    """Say which share of the body's words is kept and which of the other words is left."""
    kept = Counter[bool]()
    total = Counter[bool]()
    for case in cases:
        found = model.path(case.names)
        for line, mark, part in zip(case.page.lines, case.page.body, found, strict=True):
            words = len(line.split())
            total[mark] += words
            kept[mark] += words * (part is Part.BODY)
    return f"body kept {kept[True] / total[True]:.4f}, rest left {kept[False] / max(1, total[False]):.4f}"


def main() -> None:
    """Report the held-out sites where asked, then write the weights of all pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    arguments = parser.parse_args()
    cases = read_cases(arguments.data)
    for fold in range(arguments.folds):
        inside = [case for case in cases if crc32(case.page.site.encode()) % arguments.folds == fold]
        outside = [case for case in cases if crc32(case.page.site.encode()) % arguments.folds != fold]
        print(f"fold {fold}, held out:", report(inside, train(outside)))  # noqa: T201
    _write(train(cases))


def _write(model: LineModel) -> None:
    """Write one feature a line, so that changes can be read."""
    rows = ",\n".join(
        f"{json.dumps(name, ensure_ascii=False)}:{list(row)}" for name, row in sorted(model.weights.items())
    )
    moves = json.dumps(model.transitions)
    _OUT.write_text(f'{{"transitions":{moves},\n"weights":{{\n{rows}}}}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
