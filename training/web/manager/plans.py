"""Improvement plans: the list, a new one (from a template or a topic), one plan, and changing it."""

from datetime import date

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from training import clock
from training.extensions import db
from training.services import board, plan_chart, plan_work, plans
from training.services.people import NotFound
from training.services.plans import BadPlan, Draft
from training.services.signing_in import Viewer
from training.trends.plan_templates import PLAN_TEMPLATES
from training.web import charts
from training.web.forms import PostForm, option
from training.web.guard import Right
from training.web.local import today_of
from training.web.manager import filters, manager
from training.web.viewer import viewer

PHASES = {
    "plan": ("Plan", "What do we want to learn? What do we think will happen?"),
    "do": ("Do", "What did we try, and what happened?"),
    "study": ("Study", "What do the chart and the comments say?"),
    "act": ("Act", "Keep it, change it or stop it? What next?"),
}


class PlanForm(PostForm):
    """A plan as it is typed; the target is a percentage."""

    name = StringField("Name")
    aim = TextAreaField("Aim")
    topic = SelectField("What it is about")
    stage = SelectField("Stage")
    site = SelectField("Where")
    owner = SelectField("Who sees to it")
    change = TextAreaField("The change")
    target = StringField("Target")
    started_on = StringField("Starts on")
    steps = TextAreaField("First steps")

    def offer(self, who: Viewer, owner: tuple[str, str] | None = None) -> None:
        """Fill in what the lists offer; the owner of a plan is offered although they have left."""
        found = plans.choices(db.session(), viewer=who)
        topics = [("", "Choose"), *filters.topic_options()[1:]]
        self.topic.choices = [option(*pair) for pair in topics]
        self.stage.choices = [option(*pair) for pair in filters.stage_options()]
        self.site.choices = [option(*pair) for pair in found.sites]
        kept = [owner] if owner and owner not in found.owners else []
        self.owner.choices = [option(*pair) for pair in (*found.owners, *kept)]

    def validate_started_on(self, field: StringField) -> None:
        """Refuse what is no day."""
        try:
            date.fromisoformat(field.data or "")
        except ValueError:
            raise ValidationError("Write the day as 2026-03-16.") from None

    def validate_target(self, field: StringField) -> None:
        """Refuse what is no whole percentage."""
        try:
            int(self._number())
        except ValueError:
            raise ValidationError("Write the target as a whole number, such as 15.") from None

    def _number(self) -> str:
        return self.said("target").strip().removesuffix("%").strip()

    def draft(self) -> Draft:
        """Return the plan, for the service."""
        return Draft(
            name=self.said("name"),
            aim=self.said("aim"),
            change=self.said("change"),
            topic=self.said("topic"),
            stage=self.said("stage"),
            site=self.said("site"),
            owner=self.said("owner"),
            target=int(self._number()) / 100,
            started_on=date.fromisoformat(self.said("started_on")),
            steps=tuple(self.said("steps").splitlines()),
        )


@manager.page("/plans", allow=Right.MANAGER, endpoint="plans")
def show_plans() -> str:
    """List the plans, those under way first."""
    who = viewer()
    found = plans.everyone(db.session(), viewer=who, today=today_of(who))
    return render_template("manager/plans.html", plans=found, templates=PLAN_TEMPLATES)


@manager.page("/plans/new", allow=Right.MANAGER, methods=("GET", "POST"))
def new_plan() -> ResponseReturnValue:
    """Start a plan, from a template, a topic and a stage, or from nothing."""
    form, who = PlanForm.of_request(), viewer()
    form.offer(who)
    if request.method == "GET":
        _begin(form, who)
        return render_template("manager/plan_form.html", form=form, plan=None, errors=[])
    if form.validate():
        try:
            made = plans.start(
                db.session(), viewer=who, draft=form.draft(), moment=clock.now()
            )  # fmt: skip
            return redirect(url_for("manager.plan", public_id=made, done="started"), 303)
        except BadPlan as bad:
            _blame(form, bad)
    errors = form.faults()
    return render_template("manager/plan_form.html", form=form, plan=None, errors=errors), 400


def _begin(form: PlanForm, who: Viewer) -> None:
    """Fill a new plan from the template, or the topic, stage and site, that the address names."""
    template = PLAN_TEMPLATES.get(request.args.get("template", ""))
    form.started_on.data = today_of(who).isoformat()
    form.topic.data = request.args.get("topic", "")
    form.stage.data = request.args.get("stage", "")
    form.site.data = request.args.get("site", "")
    own = (
        words for words in plans.choices(db.session(), viewer=who).owners if words[1] == who.name
    )
    form.owner.data = next(own, ("", ""))[0]
    if template:
        form.name.data, form.aim.data, form.change.data = (
            template.name,
            template.aim,
            template.change,
        )
        form.topic.data, form.stage.data = template.topic, template.stage
        form.steps.data = "\n".join(template.steps)


@manager.page("/plans/<public_id>", allow=Right.MANAGER)
def plan(public_id: str) -> str:
    """Show one plan: its chart, steps, reviews, notes, and what patients are told."""
    return plan_page(public_id)


def plan_page(public_id: str, errors: tuple[tuple[str, str], ...] = ()) -> str:
    """Draw a plan's page, with what was wrong in one of its forms and what was typed there."""
    who = viewer()
    today = today_of(who)
    try:
        found = plans.read(db.session(), viewer=who, public_id=public_id, today=today)
        work = plan_work.read(db.session(), viewer=who, public_id=public_id, today=today)
        chart = plan_chart.following(db.session(), viewer=who, public_id=public_id, today=today)
        told = board.told(db.session(), viewer=who, public_id=public_id)
    except NotFound:
        abort(404)
    title = f"{found.line.name}, month by month"
    drawing = charts.control_chart(
        "plan", chart.months, [chart.mark], title=title, finding=chart.outcome, goal=found.target
    )
    return render_template(
        "manager/plan.html", plan=found, work=work, chart=chart, drawing=drawing, told=told,
        phases=PHASES, charts=charts, filters=filters, errors=dict(errors),
        kept=request.form if errors else {},
    )  # fmt: skip


@manager.page("/plans/<public_id>/edit", allow=Right.MANAGER, methods=("GET", "POST"))
def edit_plan(public_id: str) -> ResponseReturnValue:
    """Change what was written of a plan."""
    form, who = PlanForm.of_request(), viewer()
    try:
        found = plans.read(db.session(), viewer=who, public_id=public_id, today=today_of(who))
        form.offer(who, (found.owner_public_id, found.line.owner))
        if request.method == "GET":
            _refill(form, found)
            return render_template("manager/plan_form.html", form=form, plan=found, errors=[])
        if form.validate() and _rewritten(form, who, public_id):
            return redirect(url_for("manager.plan", public_id=public_id, done="changed"), 303)
    except NotFound:
        abort(404)
    errors = form.faults()
    return render_template("manager/plan_form.html", form=form, plan=found, errors=errors), 400


def _rewritten(form: PlanForm, who: Viewer, public_id: str) -> bool:
    try:
        plans.rewrite(
            db.session(), viewer=who, public_id=public_id, draft=form.draft(), moment=clock.now()
        )
    except BadPlan as bad:
        _blame(form, bad)
        return False
    return True


def _refill(form: PlanForm, found: plans.PlanWords) -> None:
    line = found.line
    form.name.data, form.aim.data, form.change.data = line.name, found.aim, found.change
    form.topic.data, form.stage.data = line.topic, line.stage
    form.site.data, form.owner.data = line.site_public_id, found.owner_public_id
    form.target.data = f"{found.target * 100:.0f}"
    form.started_on.data = line.started_on.isoformat()


def _blame(form: PlanForm, bad: BadPlan) -> None:
    db.session.rollback()
    form[bad.field].errors = [str(bad)]
