"""The JSON of the register; one shape for HTTP and for the command line."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field

from corpus.records import Commitment
from search_api.holdings import Generation
from search_api.reading import Reading
from search_api.register.register import Facet, Page
from search_api.schemas import CommitmentView, ContextView, PassageView, View


class CountView(View):
    """How many of the commitments have a value; `label` is the value for a reader."""

    value: str
    label: str
    count: int


class FacetView(View):
    """The values of one facet among the commitments that pass the filters, most frequent first."""

    name: Annotated[str, Field(examples=["body"])]
    counts: tuple[CountView, ...]
    without: Annotated[int, Field(description="How many have no value.")]


class CommitmentsReply(View):
    """One page of the register, in its order; `next` is the cursor of the page after."""

    generation: Generation
    total: Annotated[int, Field(description="How many commitments pass the filters.")]
    limit: int
    next: Annotated[str | None, Field(description="Give it as `cursor`, with the same filters, to go on.")]
    facets: Annotated[tuple[FacetView, ...] | None, Field(description="Where they were asked for.")]
    commitments: tuple[CommitmentView, ...]

    @classmethod
    def of(cls, reading: Reading, page: Page, limit: int, facets: tuple[Facet, ...] | None) -> Self:
        """View a page of the register of a reading."""
        return cls(
            generation=reading.name,
            total=page.total,
            limit=limit,
            next=page.next or None,
            facets=None if facets is None else tuple(map(FacetView.model_validate, facets)),
            commitments=tuple(CommitmentView.of(row.commitment, reading) for row in page.rows),
        )


class FacetsReply(View):
    """How many commitments pass the filters, and how many of them have each value of each facet."""

    generation: Generation
    total: int
    facets: tuple[FacetView, ...]

    @classmethod
    def of(cls, reading: Reading, total: int, facets: tuple[Facet, ...]) -> Self:
        """View the counts of a reading."""
        views = tuple(map(FacetView.model_validate, facets))
        return cls(generation=reading.name, total=total, facets=views)


class CommitmentReply(View):
    """One commitment with the one it stands under, those under it, its context and its passage."""

    generation: Generation
    commitment: CommitmentView
    parent: CommitmentView | None
    children: tuple[CommitmentView, ...]
    context: ContextView | None
    passage: PassageView | None

    @classmethod
    def of(cls, commitment: Commitment, reading: Reading) -> Self:
        """View a commitment of a reading."""
        parent = reading.generation.commitment(commitment.parent)
        passage = reading.generation.passage(commitment.passage)
        return cls(
            generation=reading.name,
            commitment=CommitmentView.of(commitment, reading),
            parent=None if parent is None else CommitmentView.of(parent, reading),
            children=tuple(CommitmentView.of(one, reading) for one in reading.children(commitment)),
            context=None if passage is None else ContextView.model_validate(passage),
            passage=None if passage is None else PassageView.model_validate(passage),
        )
