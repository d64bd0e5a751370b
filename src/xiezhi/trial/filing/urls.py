"""URLs of the filing desk."""

from django.urls import path

from xiezhi.trial.filing.views import cases, files, intakes, queue

app_name = "filing"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("intakes/<uuid:intake_id>/", intakes.intake, name="intake"),
    path("intakes/<uuid:intake_id>/take-up/", intakes.take_up_intake, name="take-up"),
    path("intakes/<uuid:intake_id>/accept/", intakes.accept, name="accept"),
    path("intakes/<uuid:intake_id>/reject/", intakes.reject, name="reject"),
    path(
        "intakes/<uuid:intake_id>/materials/<uuid:material_id>/",
        files.material,
        name="material",
    ),
    path(
        "intakes/<uuid:intake_id>/materials/<uuid:material_id>/<int:page>/",
        files.material_page,
        name="material-page",
    ),
    path("cases/", cases.cases, name="cases"),
    path("cases/<uuid:case_id>/", cases.case, name="case"),
    path("cases/<uuid:case_id>/parties/<uuid:party_id>/", cases.party, name="party"),
    path("cases/<uuid:case_id>/documents/<uuid:document_id>/", files.document, name="document"),
]
