"""The models of a council's own words: for the four ratings, and in the exception report."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from merton_kpi.catalogue.bands import choose_variant
from merton_kpi.catalogue.fields import BY_WORD, Entry, EntryError, Text, check_no_repeats
from merton_kpi.core.ratings import BEST_TO_WORST, Rating, RatingWords
from merton_kpi.core.vocabulary import ReportSection


class BlueWord(Entry):
    """A word for blue where it is no rating, but marks what is only for information."""

    label: Text = Field(description="The word.")
    means: Literal["information"] = Field(
        description="`information`: no figure is rated blue, and the indicators that are not a "
        "target measure are printed in blue with this word."
    )


BlueWordOrText = Annotated[
    Annotated[BlueWord, Tag("keys")] | Annotated[Text, Tag("word")],
    Discriminator(choose_variant),
]


class OwnWords(Entry):
    """The words that the council prints for the four ratings; a key left out keeps our word."""

    blue: BlueWordOrText | None = Field(
        None,
        description="For blue, better than green. With "
        "`{label: For information, means: information}`, blue is no rating, but marks the "
        "indicators that are not a target measure.",
    )
    green: Text | None = Field(None, description="For green, like `On target`.")
    amber: Text | None = Field(None, description="For amber, like `Near target`.")
    red: Text | None = Field(None, description="For red, like `Off target`.")

    def compose_words(self) -> RatingWords:
        """All four words, with our own where the council has none."""
        is_information = isinstance(self.blue, BlueWord)
        blue = self.blue.label if isinstance(self.blue, BlueWord) else self.blue
        own = {"blue": blue, "green": self.green, "amber": self.amber, "red": self.red}
        given = {name: word for name, word in own.items() if word is not None}
        return RatingWords(**given, is_blue_information=is_information)

    @model_validator(mode="after")
    def _check_words(self) -> Self:
        """Refuse one word for two ratings."""
        words = self.compose_words()
        used = {each.label.casefold() for each in Rating if not each.is_brag}
        for rating in BEST_TO_WORST:
            key, word = rating.label.lower(), words.format_word(rating)
            if word.casefold() in used:
                message = f"{key}: '{word}' is the word of another rating; write another word"
                raise EntryError(message, key)
            used.add(word.casefold())
        return self


def _compose_field(section: ReportSection) -> Any:
    """The field of a section, whose description is the section's own."""
    words = section.meaning
    return Field(None, description=f"{words[0].upper()}{words[1:]}.")


class ReportSections(Entry):
    """The exception report's recommendations and its sections 3 to 11 and 13, in own words."""

    recommendations: Text | None = _compose_field(ReportSection.RECOMMENDATIONS)
    for_decision: Text | None = _compose_field(ReportSection.FOR_DECISION)
    alternative_options: Text | None = _compose_field(ReportSection.ALTERNATIVE_OPTIONS)
    consultation: Text | None = _compose_field(ReportSection.CONSULTATION)
    timetable: Text | None = _compose_field(ReportSection.TIMETABLE)
    financial: Text | None = _compose_field(ReportSection.FINANCIAL)
    legal: Text | None = _compose_field(ReportSection.LEGAL)
    equalities: Text | None = _compose_field(ReportSection.EQUALITIES)
    crime_and_disorder: Text | None = _compose_field(ReportSection.CRIME_AND_DISORDER)
    risk: Text | None = _compose_field(ReportSection.RISK)
    background_papers: Text | None = _compose_field(ReportSection.BACKGROUND_PAPERS)
    required: Annotated[
        tuple[Annotated[ReportSection, BY_WORD], ...], AfterValidator(check_no_repeats)
    ] = Field((), description="The keys without whose words no final papers are made.")

    def list_empty(self, sections: Iterable[ReportSection]) -> tuple[ReportSection, ...]:
        """Those of these sections that have no words."""
        return tuple(each for each in sections if not getattr(self, each.value))
