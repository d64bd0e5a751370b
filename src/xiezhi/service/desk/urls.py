"""URLs of the desk."""

from django.urls import path

from xiezhi.service.desk.views import documents, drafting, home, materials, matters, submission

app_name = "desk"
APPLICATION = "applications/<uuid:application_id>"
urlpatterns = [
    path("", home.home, name="home"),
    path("matters/", home.matters, name="matters"),
    path(f"{APPLICATION}/", matters.matter, name="matter"),
    path(f"{APPLICATION}/state/", matters.state, name="state"),
    path(f"{APPLICATION}/receipt/", submission.receipt, name="receipt"),
    path(f"{APPLICATION}/content/", submission.content, name="content"),
    path(f"{APPLICATION}/abandon/", drafting.abandon_draft, name="abandon"),
    path(f"{APPLICATION}/upload/<str:category>/", materials.upload, name="upload"),
    path(f"{APPLICATION}/edit/materials/", materials.materials_page, name="materials"),
    path(f"{APPLICATION}/edit/review/", submission.review, name="review"),
    path(f"{APPLICATION}/edit/<str:step>/", drafting.section_page, name="step"),
    path(f"{APPLICATION}/edit/<str:step>/autosave/", drafting.autosave, name="autosave"),
    path(f"{APPLICATION}/edit/<str:step>/versions/", drafting.versions, name="versions"),
    path("materials/<uuid:material_id>/", documents.material, name="material"),
    path("materials/<uuid:material_id>/remove/", materials.remove, name="remove_material"),
    path(
        "materials/<uuid:material_id>/pages/<int:number>/",
        documents.material_page,
        name="material_page",
    ),
    path("disclosures/<uuid:disclosure_id>/", documents.disclosure, name="disclosure"),
    path(
        "disclosures/<uuid:disclosure_id>/pages/<int:number>/",
        documents.disclosure_page,
        name="disclosure_page",
    ),
    path(
        "disclosures/<uuid:disclosure_id>/download/", documents.download, name="download_disclosure"
    ),
]
