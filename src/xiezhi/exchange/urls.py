"""URLs of the operators' pages."""

from django.urls import path

from xiezhi.exchange.views import acts, console, keys, message, peers, queues, records

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
    path("returned/<uuid:act_id>/", acts.check_returned, name="check-returned"),
    path("alarms/", records.alarms, name="alarms"),
    path("alarms/<uuid:alarm_id>/", acts.alarm, name="alarm"),
    path("interventions/", records.interventions, name="interventions"),
    path("peers/", peers.peers, name="peers"),
    path("peers/introduce/", peers.introduction, name="peer-introduce"),
    path("peers/site/<slug:site>/", peers.peer, name="peer"),
    path("peers/site/<slug:site>/move/", peers.move, name="peer-move"),
    path("peers/site/<slug:site>/permit/", peers.type_permit, name="peer-permit"),
    path("peers/site/<slug:site>/revoke/", peers.revoke, name="peer-revoke-key"),
    path(
        "peers/site/<slug:site>/keys/<uuid:proposal_id>/confirm/",
        peers.confirm,
        name="peer-confirm-key",
    ),
    path(
        "peers/site/<slug:site>/keys/<uuid:proposal_id>/decline/",
        peers.decline,
        name="peer-decline-key",
    ),
    path("keys/", keys.keys, name="keys"),
    path("keys/revoke/", keys.revoke, name="revoke-key"),
    path("keys/introduction/", keys.introduction, name="introduction"),
]
