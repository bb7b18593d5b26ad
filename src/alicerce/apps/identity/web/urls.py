"""Addresses of accounts, under the names by which django-allauth looks for them."""

from django.urls import path

from alicerce.apps.identity.web import account, entrance, factors, gate, google, not_me

urlpatterns = [
    path("entrar/", entrance.sign_in, name="account_login"),
    path("sair/", entrance.sign_out, name="account_logout"),
    path("cadastro/", entrance.sign_up, name="account_signup"),
    path("cadastro/codigo/", entrance.email_code, name="account_email_verification_sent"),
    path("entrar/desativada/", entrance.inactive, name="account_inactive"),
    path("entrar/nao-fui-eu/<str:token>/", not_me.not_me, name="account_not_me"),
    path("entrar/esqueci/", entrance.forgotten, name="account_reset_password"),
    path(
        "entrar/esqueci/codigo/",
        entrance.reset_code,
        name="account_confirm_password_reset_code",
    ),
    path(
        "entrar/esqueci/nova-senha/",
        entrance.new_password,
        name="account_complete_password_reset",
    ),
    path("entrar/segundo-fator/", entrance.second_factor, name="mfa_authenticate"),
    path("entrar/biometria/", entrance.passkey_sign_in, name="mfa_login_webauthn"),
    path("entrar/nao-foi/", google.refused, name="socialaccount_login_error"),
    path("entrar/desistiu/", google.refused, name="socialaccount_login_cancelled"),
    path("entrar/quase/", google.introduce, name="socialaccount_signup"),
    path("entrar/com/<slug:provider_id>/", google.leave, name="openid_connect_login"),
    path(
        "entrar/com/<slug:provider_id>/volta/",
        google.come_back,
        name="openid_connect_callback",
    ),
    path("conta/", account.profile, name="account"),
    path("conta/senha/", account.password, name="account_change_password"),
    path("conta/senha/nova/", account.password, name="account_set_password"),
    path("conta/email/", account.email, name="account_email"),
    path("conta/email/trocar/", account.change_email, name="account_email_change"),
    path("conta/sessoes/", account.sessions, name="usersessions_list"),
    path("conta/sessoes/outras/", account.end_others, name="account_sessions_others"),
    path("conta/sessoes/<int:session_id>/", account.end, name="account_session_end"),
    path("conta/conexoes/", account.connections, name="socialaccount_connections"),
    path("conta/conexoes/nova/<slug:provider_id>/", account.connect, name="account_connect"),
    path("conta/conexoes/<int:connection_id>/", account.disconnect, name="account_disconnect"),
    path("conta/seguranca/", factors.index, name="mfa_index"),
    path("conta/seguranca/aplicativo/", factors.open_app, name="mfa_activate_totp"),
    path("conta/seguranca/aplicativo/codigo/", factors.app_code, name="account_app_code"),
    path("conta/seguranca/aplicativo/desativar/", factors.app_off, name="mfa_deactivate_totp"),
    path("conta/seguranca/chave/", factors.open_passkey, name="mfa_add_webauthn"),
    path("conta/seguranca/chave/nova/", factors.passkey_new, name="account_passkey_new"),
    path(
        "conta/seguranca/chave/<int:passkey_id>/",
        factors.passkey_name,
        name="mfa_edit_webauthn",
    ),
    path(
        "conta/seguranca/chave/<int:passkey_id>/remover/",
        factors.passkey_off,
        name="mfa_remove_webauthn",
    ),
    path("conta/seguranca/codigos/", factors.codes, name="mfa_view_recovery_codes"),
    path(
        "conta/seguranca/codigos/novos/", factors.new_codes, name="mfa_generate_recovery_codes"
    ),
    path("conta/confirmar/<uuid:approval_id>/", gate.prove, name="account_prove"),
]
