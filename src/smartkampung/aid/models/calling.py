"""What the database promises about who is called to which point."""

import pgtrigger

from smartkampung.aid.models.promises import refuse_when

# A trigger sees only what was committed: the point is locked first, so that two
# officers who fill it at one moment see each other.
_ROOM = """
        IF NEW.point_id IS NULL OR NEW.point_id IS NOT DISTINCT FROM OLD.point_id THEN
            RETURN NEW;
        END IF;
        PERFORM FROM aid_point WHERE id = NEW.point_id FOR NO KEY UPDATE;
        IF (SELECT count(*) FROM aid_entitlement WHERE point_id = NEW.point_id)
                >= (SELECT capacity FROM aid_point WHERE id = NEW.point_id) THEN
            RAISE EXCEPTION 'nobody is called to a point that is full'
                USING ERRCODE = 'check_violation',
                CONSTRAINT = 'entitlement_point_has_room';
        END IF;
        RETURN NEW;
    """
_LEAVE = """
        IF NEW.batch_id IS DISTINCT FROM OLD.batch_id THEN
            NEW.point_id = NULL;
        END IF;
        RETURN NEW;
    """


def point_triggers() -> list[pgtrigger.Trigger]:
    """Return the triggers of an entitlement that is called to a point."""
    return [
        pgtrigger.Trigger(
            name="entitlement_point_has_room",
            when=pgtrigger.Before,
            operation=pgtrigger.UpdateOf("point_id"),
            func=_ROOM,
        ),
        pgtrigger.Trigger(
            # Whoever leaves a batch leaves its points.
            name="leave_point_with_batch",
            when=pgtrigger.Before,
            operation=pgtrigger.UpdateOf("batch_id"),
            func=_LEAVE,
        ),
        refuse_when(
            "entitlement_point_of_its_batch",
            """NEW.point_id IS NOT NULL AND NOT EXISTS (SELECT FROM aid_point
                WHERE id = NEW.point_id AND batch_id = NEW.batch_id)""",
            "nobody is called to a point of another batch",
            operation=pgtrigger.UpdateOf("point_id"),
        ),
    ]
