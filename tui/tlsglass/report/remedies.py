"""What can be done about a finding, as it stands in reports."""

from tlsglass.report.json_parts import Json
from tlsglass.trust.remedies.remedy import Remedy


def remedy_json(made: Remedy) -> Json:
    """Who can act and with which words, as it stands in the JSON report; the repaired chain stands apart."""
    return {
        "actor": made.actor.name.lower(),
        "steps": list(made.steps),
        "commands": [{"for": command.what, "text": command.text} for command in made.commands],
        "repairs_chain": made.repair is not None,
        "fetch_from": made.fetch_from,
    }
