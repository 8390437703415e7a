from django.apps import AppConfig


class FlowsConfig(AppConfig):
    name = "ppid.flows"
    verbose_name = "Alur"

    def ready(self):
        # The checks and the flows note themselves.
        from ppid.flows import (  # noqa: F401  # noqa: F401
            bound_sheets,
            checks,
            dik_correction,
            exclusion,
            guards,
            item_correction,
            lifting,
            open_part,
            publication,
        )
        from ppid.flows.deadlines import move_deadlines, would_move
        from ppid.flows.papers import guards as paper_guards
        from ppid.flows.papers import models  # noqa: F401 - its tables
        from ppid.flows.shape import register
        from ppid.worktime.actions import reckon_anew

        guards.register()
        paper_guards.register()
        bound_sheets.register()
        register()
        reckon_anew(move_deadlines, would_move)
