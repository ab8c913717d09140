"""Copying and saving what is selected on a site's screen: chooses what, and asks the clipboard or a dialog to do it."""

from typing import TYPE_CHECKING

from tlsglass.ui.clipboard import CopyWanted

if TYPE_CHECKING:
    from tlsglass.report.forms import Form
    from tlsglass.ui.site.looking import LookingScreen


def copy(screen: "LookingScreen") -> None:
    """Copy what is selected: the finding, the answer, or the value under the tree's cursor.

    Args:
        screen: the screen on which it is selected.
    """
    chosen = _selected(screen)
    if chosen is None:
        screen.notify("There is nothing to copy here.", markup=False)
        return
    text, what, in_lines = chosen
    screen.post_message(CopyWanted(text, what, in_lines=in_lines))


def copy_as(screen: "LookingScreen") -> None:
    """Offer all forms of what the tree's cursor is on, and copy the one that is chosen.

    Args:
        screen: the screen on which it is selected.
    """
    from tlsglass.report.forms import forms  # noqa: PLC0415 - first needed here
    from tlsglass.ui.dialogs.copy_as import CopyAsScreen  # noqa: PLC0415 - first needed here

    if screen.observation is None:
        return
    node = screen.body.certificates.pointed

    def copy_chosen(form: "Form | None") -> None:
        if form is not None:
            screen.post_message(CopyWanted(form.text, form.label, in_lines=form.in_lines))

    screen.app.push_screen(CopyAsScreen(forms(screen.observation, node), node.label if node else ""), copy_chosen)


def save(screen: "LookingScreen") -> None:
    """Ask what is to be saved, then where.

    Args:
        screen: the screen of the site.
    """
    from tlsglass.ui.dialogs.save import SaveScreen  # noqa: PLC0415 - first needed here
    from tlsglass.ui.dialogs.save_what import SaveWhatScreen, choices  # noqa: PLC0415 - first needed here

    run = screen.run
    if run is None:
        return
    offered = choices(run.observation, screen.body.certificates.pointed, run.spool)

    def ask_where(chosen: int | None) -> None:
        if chosen is not None:
            choice = offered[chosen]
            screen.app.push_screen(SaveScreen(choice.file_name, choice.source, offset=choice.offset))

    screen.app.push_screen(SaveWhatScreen(offered), ask_where)


def _selected(screen: "LookingScreen") -> tuple[str, str, bool] | None:
    """What the focus is on, as text, what it is called, and whether it may have lines."""
    focused = screen.focused
    if focused is not None and screen.body.checks in focused.ancestors_with_self:
        pointed = screen.body.checks.pointed
        return (pointed.text(), pointed.what, True) if pointed is not None else None
    if focused is not None and screen.body.response in focused.ancestors_with_self:
        answer = screen.body.response.copyable()
        return (*answer, True) if answer is not None else None
    node = screen.body.certificates.pointed
    if node is None:
        return None
    from tlsglass.report.forms import forms  # noqa: PLC0415 - first needed here

    observation = screen.observation
    if observation is None:
        return None
    first = forms(observation, node)[0]
    return first.text, node.label if first.id == "value" else first.label, first.in_lines
