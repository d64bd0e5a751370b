"""URLs of the operators' pages."""

from django.urls import path

from xiezhi.exchange.views import acts, console, message, queues, records

app_name = "exchange"
urlpatterns = [
    path("", console.console, name="console"),
    path("find/", console.find, name="find"),
    path("queues/<str:peer>/<slug:name>/", queues.queue, name="queue"),
    path("messages/<uuid:message_id>/", message.message, name="message"),
    path("messages/<uuid:message_id>/replay/", acts.replay, name="replay"),
    path("messages/<uuid:message_id>/reseal/", acts.reseal, name="reseal"),
    path("messages/<uuid:message_id>/retry/", acts.retry, name="retry"),
    path("quarantined/<uuid:quarantined_id>/", message.quarantined, name="quarantined"),
    path("quarantined/<uuid:quarantined_id>/dismiss/", acts.dismiss, name="dismiss"),
    path("skip/", acts.skip, name="skip"),
    path("alarms/", records.alarms, name="alarms"),
    path("alarms/<uuid:alarm_id>/", acts.alarm, name="alarm"),
    path("interventions/", records.interventions, name="interventions"),
]
