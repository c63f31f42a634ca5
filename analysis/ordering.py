"""Reports in an order that brings similar ones together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MOST_OPTIMAL = 400
"""Reports beyond which the leaves are not put into their optimal order, which takes more than their square in time."""


def clustered(similarity: NDArray[np.float64]) -> tuple[int, ...]:
    """The reports in order of a tree of clusters: average linkage on 1 - similarity (Sokal and Michener 1958).

    `similarity` has shape (reports, reports), values 0..1; of a directed measure both directions are averaged, and
    what is not defined counts as 0. Within the tree neighbours are as similar as can be (Bar-Joseph, Gifford and
    Jaakkola 2001), and the end of the order that holds the earlier reports comes first.
    """
    # imported here, as most uses of this room need no clusters
    from scipy.cluster.hierarchy import leaves_list, linkage

    count = len(similarity)
    if count < 3:
        return tuple(range(count))
    known = np.nan_to_num(similarity)
    apart = np.round(np.clip(1.0 - (known + known.T) / 2, 0.0, 1.0), 9)  # no order by the last bit of a product
    tree = linkage(apart[np.triu_indices(count, 1)], "average", optimal_ordering=count <= MOST_OPTIMAL)
    order = [int(report) for report in leaves_list(tree)]
    half = count // 2
    return tuple(order if sum(order[:half]) <= sum(order[count - half :]) else order[::-1])
