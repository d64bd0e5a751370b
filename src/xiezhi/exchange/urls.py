"""URLs of the operators' pages."""

from django.urls import path

from xiezhi.exchange.views import console, keys, peers

app_name = "exchange"
urlpatterns = [
    path("", console.console, name="console"),
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
