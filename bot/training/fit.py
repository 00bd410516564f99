"""Fit the small scorers of `bot.core.ranker`: one that chooses among rows, one that gives a probability."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from bot.core.ranker import Ranker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

_CLIP = 6.0
_NEVER = -1e9
_FLAT = 1e-6
_NEWTON_STEPS = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """The rows of one question, which of them are right, and how much the question counts."""

    rows: NDArray[np.float32]
    right: NDArray[np.bool_]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How to fit a choice: the width of the hidden layer, passes over the data, and the regularisation."""

    hidden: int = 16
    passes: int = 30
    rate: float = 5e-3
    decay: float = 1e-3
    dropout: float = 0.2
    batch: int = 128


class _Net(torch.nn.Module):
    def __init__(self, columns: int, plan: Plan) -> None:
        super().__init__()
        self.hidden = torch.nn.Linear(columns, plan.hidden)
        self.out = torch.nn.Linear(plan.hidden, 1)
        self.skip = torch.nn.Linear(columns, 1, bias=False)
        torch.nn.init.zeros_(self.skip.weight)
        self.drop = torch.nn.Dropout(plan.dropout)

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        score: torch.Tensor = self.out(self.drop(torch.tanh(self.hidden(rows)))) + self.skip(rows)
        return score[..., 0]


def fit_choice(choices: Sequence[Choice], plan: Plan) -> Ranker:
    """Fit a scorer by the likelihood of the right rows among a question's rows (ListNet, Cao et al. 2007)."""
    choices = [choice for choice in choices if choice.right.any() and not choice.right.all()]
    mean, scale = _standard(np.concatenate([choice.rows for choice in choices]))
    rows, there, right = _padded(choices, mean, scale)
    weights = torch.tensor([choice.weight for choice in choices])

    def loss(net: _Net, index: torch.Tensor) -> torch.Tensor:
        length = int(there[index].sum(1).max())
        scores = net(rows[index, :length]).masked_fill(~there[index, :length], _NEVER)
        logs = torch.log_softmax(scores, 1).masked_fill(~right[index, :length], _NEVER)
        return -(torch.logsumexp(logs, 1) * weights[index]).sum() / weights[index].sum()

    return _fit(len(choices), rows.shape[-1], plan, loss, (mean, scale))


def fit_probability(
    rows: NDArray[np.float32], right: NDArray[np.bool_], weight: NDArray[np.float32], penalty: float
) -> Ranker:
    """Fit a scorer whose sigmoid is the probability of `right`: logistic regression, by Newton's method.

    There are too few questions for a hidden layer; `penalty` is that of the squared weights (L2).
    """
    mean, scale = _standard(rows)
    inputs = np.clip((rows - mean) * scale, -_CLIP, _CLIP).astype(np.float64)
    inputs = np.concatenate([inputs, np.ones((len(rows), 1))], axis=1)
    ridge = np.diag([penalty] * rows.shape[1] + [_FLAT])
    beta = np.zeros(inputs.shape[1])
    for _ in range(_NEWTON_STEPS):
        chance = 1 / (1 + np.exp(-inputs @ beta))
        slope = inputs.T @ (weight * (chance - right)) + ridge @ beta
        bend = (inputs * (weight * chance * (1 - chance))[:, None]).T @ inputs + ridge
        beta -= np.linalg.solve(bend, slope)
    columns = rows.shape[1]
    nothing = np.zeros(0, dtype=np.float32)
    bias, skip = beta[-1:].astype(np.float32), beta[:-1].astype(np.float32)
    return Ranker(mean, scale, np.zeros((columns, 0), dtype=np.float32), nothing, nothing, bias, skip)


def _standard(rows: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    spread = rows.std(axis=0)
    scale = np.where(spread > _FLAT, 1 / np.maximum(spread, _FLAT), 0.0)
    return rows.mean(axis=0), scale.astype(np.float32)


def _padded(
    choices: Sequence[Choice], mean: NDArray[np.float32], scale: NDArray[np.float32]
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Lay the choices side by side: standardised rows, which rows are there, which are right."""
    longest = max(len(choice.rows) for choice in choices)
    rows = torch.zeros(len(choices), longest, len(mean))
    there = torch.zeros(len(choices), longest, dtype=torch.bool)
    right = torch.zeros(len(choices), longest, dtype=torch.bool)
    for index, choice in enumerate(choices):
        count = len(choice.rows)
        rows[index, :count] = torch.tensor(np.clip((choice.rows - mean) * scale, -_CLIP, _CLIP))
        there[index, :count] = True
        right[index, :count] = torch.tensor(choice.right)
    return rows, there, right


def _fit(
    count: int,
    columns: int,
    plan: Plan,
    loss: Callable[[_Net, torch.Tensor], torch.Tensor],
    standard: tuple[NDArray[np.float32], NDArray[np.float32]],
) -> Ranker:
    """Minimise `loss` by AdamW with a falling rate; the same data give the same weights."""
    torch.manual_seed(0)
    net = _Net(columns, plan)
    optimiser = torch.optim.AdamW(net.parameters(), lr=plan.rate, weight_decay=plan.decay)
    batches = -(-count // plan.batch) * plan.passes
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: max(0.0, 1 - step / batches))
    for _ in range(plan.passes):
        for index in torch.split(torch.randperm(count), plan.batch):
            optimiser.zero_grad()
            loss(net, index).backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
    return _ranker(net.eval(), *standard)


def _ranker(net: _Net, mean: NDArray[np.float32], scale: NDArray[np.float32]) -> Ranker:
    hidden, hidden_bias, out, bias, skip = (
        part.detach().numpy()
        for part in (net.hidden.weight.T, net.hidden.bias, net.out.weight[0], net.out.bias, net.skip.weight[0])
    )
    return Ranker(mean, scale, hidden, hidden_bias, out, bias, skip)
