"""Addresses of coming in and going out."""

from allauth.account import views as allauth_views
from django.urls import include, path

from portal.accounts.views import phone, staff

urlpatterns = [
    path("sign-in/", phone.sign_in, name="sign-in"),
    path("sign-out/", staff.sign_out, name="sign-out"),
    path("staff/sign-in/", staff.staff_sign_in, name="staff-sign-in"),
    path("staff/second-factor/", include("allauth.mfa.urls")),
    # Names that allauth looks for.
    path("staff/sign-in/", staff.staff_sign_in, name="account_login"),
    path("staff/sign-out/", staff.sign_out, name="account_logout"),
    path("staff/inactive/", allauth_views.account_inactive, name="account_inactive"),
    path(
        "staff/reauthenticate/",
        allauth_views.reauthenticate,
        name="account_reauthenticate",
    ),
]
