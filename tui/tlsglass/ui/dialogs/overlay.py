"""A screen over another one, which stays visible behind it, dimmed."""

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.color import Color
from textual.css.styles import RulesMap
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen, Screen, ScreenResultType
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual, VisualType


class Overlay(ModalScreen[ScreenResultType]):
    """Shows something over whatever is there.

    Textual dims what is behind a screen segment by segment through Rich's console, which takes longer than everything
    else about opening it; here each style is dimmed once.
    """

    def render(self) -> VisualType:  # type: ignore[override]  # Screen names less than a widget may give
        """What is behind."""
        behind = super().render()
        return _Dimmed(behind.screen, behind.color) if isinstance(behind, BackgroundScreen) else behind


class _Dimmed(Visual):
    """A screen's lines under a translucent colour, without what can be clicked."""

    def __init__(self, screen: Screen[object], color: Color) -> None:
        self._screen = screen
        self._color = color

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:  # noqa: ARG002 - Textual's signature
        """Every line of the screen."""
        lines = self._screen._compositor.render_strips()  # noqa: SLF001 - as Textual's own BackgroundScreen
        return [self._dim(line, style.rich_style) for line in lines[:height]]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002 - Textual's signature
        """All that there is."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002 - Textual's signature
        """As high as the screen."""
        return self._screen.size.height

    def _dim(self, line: Strip, base: RichStyle) -> Strip:
        segments = [Segment(text, _dimmed(style, self._color, base), control) for text, style, control in line]
        return Strip(segments, line.cell_length)


@lru_cache(maxsize=512)
def _dimmed(style: RichStyle | None, color: Color, base: RichStyle) -> RichStyle:
    """A style under a translucent colour; what it leaves open is as in the base."""
    plain = RichStyle.null() if style is None else style.clear_meta_and_links()
    front, ground = (
        (Color.from_rich_color(part) + color).rich_color if part is not None else None
        for part in (plain.color, plain.bgcolor)
    )
    return base + plain + RichStyle.from_color(front, ground)
