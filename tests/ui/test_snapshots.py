"""The product's states, as pictures: each is drawn from a real look at one of the demo's servers."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ui.scenes import SCENES, Scene, app_of, director


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_scene_looks_as_it_did(scene: Scene, snap_compare: Callable[..., bool], tmp_path: Path) -> None:
    """A change of the screen is either meant, and the snapshot is taken anew, or a defect."""
    with app_of(scene, tmp_path) as app:
        assert snap_compare(app, run_before=director(scene), terminal_size=scene.size)
