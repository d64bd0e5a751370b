"""URLs of the service site."""

from django.urls import include, path

from xiezhi.exchange.views.metrics import metrics
from xiezhi.sites.operations import landing

urlpatterns = [
    path("", include("xiezhi.service.desk.urls")),
    path("account/", include("xiezhi.identity.people.urls")),
    path("filing/", include("xiezhi.service.filing.urls")),
    path("", include("xiezhi.service.calculators.urls")),
    path("preferences/", include("xiezhi.foundation.pages.urls")),
    path("operations/", landing, name="operations"),
    path("operations/", include("xiezhi.identity.operators.urls")),
    path("operations/exchange/", include("xiezhi.exchange.urls")),
    path("operations/metrics", metrics, name="metrics"),
    path("operations/drill/", include("xiezhi.operations.continuity.urls")),
]
handler404 = "xiezhi.foundation.faults.not_found"
handler403 = "xiezhi.foundation.faults.forbidden"
handler400 = "xiezhi.foundation.faults.bad_request"
handler500 = "xiezhi.foundation.faults.fault"
