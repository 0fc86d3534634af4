"""Addresses of the boards."""

from django.urls import path, re_path

from portal.supervision.views import board, lists, outages, ticket

KIND = r"\.(?P<kind>csv|xlsx)$"

urlpatterns = [
    path("board/", board.board, name="board"),
    re_path(rf"^board/figures{KIND}", board.export, name="board-figures-file"),
    path("board/clocks/", lists.clocks, name="board-clocks"),
    re_path(rf"^board/clocks{KIND}", lists.export_clocks, name="board-clocks-file"),
    path("board/cases/", lists.cases, name="board-cases"),
    re_path(rf"^board/cases{KIND}", lists.export_cases, name="board-cases-file"),
    path("board/outages/", outages.board, name="board-outages"),
    re_path(rf"^board/outages{KIND}", outages.export, name="board-outages-file"),
    path("board/outages/list/", outages.listed, name="board-outages-list"),
    re_path(
        rf"^board/outages/list{KIND}",
        outages.export_list,
        name="board-outages-list-file",
    ),
    path("board/tickets/<str:number>/", ticket.ticket, name="board-ticket"),
]
