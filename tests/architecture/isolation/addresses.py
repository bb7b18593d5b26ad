"""Every address of the program, and whose things its parameters name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.urls import URLPattern, get_resolver, reverse

# What a parameter names, by route and parameter or by parameter alone: (table, column).
NAMED: Mapping[str, tuple[str, str]] = {
    "card_id": ("collecting_card", "id"),
    "mandate_id": ("collecting_mandate", "id"),
    "visit_id": ("collecting_visit", "id"),
    "application_id": ("marketplace_application", "id"),
    "installation_id": ("marketplace_installation", "id"),
    "account_id": ("tenancy_billingaccount", "id"),
    "consent_id": ("identity_standinconsent", "id"),
    "invitation_id": ("tenancy_invitation", "id"),
    "member_id": ("tenancy_membership", "id"),
    "host_name_id": ("hostnames_hostname", "id"),
    "address_id": ("customers_address", "id"),
    "contact_id": ("customers_contact", "id"),
    "note_id": ("customers_note", "id"),
    "tier_id": ("customers_tier", "id"),
    "coupon_id": ("catalog_coupon", "id"),
    "issuer_id": ("billing_issuer", "id"),
    "customer_id": ("customers_customer", "id"),
    "export_id": ("customers_customerexport", "id"),
    "import_id": ("customers_customerimport", "id"),
    "round_id": ("customers_invitationround", "id"),
    "account_privacy_export.export_id": ("privacy_export", "id"),
    "invoice_id": ("billing_invoice", "id"),
    "credit_note_id": ("billing_creditnote", "id"),
    "gateway_id": ("billing_gatewayaccount", "id"),
    "merchant_id": ("billing_merchant", "id"),
    "payment_id": ("billing_payment", "id"),
    "attribution_id": ("billing_attribution", "id"),
    "refund_id": ("billing_refund", "id"),
    "key_id": ("developers_apikey", "id"),
    "ladder_id": ("dunning_ladder", "id"),
    "document_id": ("fiscal_fiscaldocument", "id"),
    "task_id": ("fiscal_fiscaltask", "id"),
    "tax_id": ("taxes_taxrate", "id"),
    "exemption_id": ("taxes_exemption", "id"),
    "line_id": ("orders_line", "id"),
    "meter_id": ("metering_meter", "id"),
    "delivery_id": ("endpoints_delivery", "id"),
    "endpoint_id": ("endpoints_endpoint", "id"),
    "event_id": ("endpoints_loggedevent", "id"),
    "correction_id": ("corrections_correction", "id"),
    "dispute_id": ("disputes_dispute", "id"),
    "domain_id": ("dns_zone", "id"),
    "option_id": ("catalog_option", "id"),
    "field_id": ("catalog_planfield", "id"),
    "order_id": ("orders_order", "id"),
    "plan_id": ("catalog_plan", "id"),
    "price_id": ("catalog_price", "id"),
    "price_move_id": ("subscriptions_pricemove", "id"),
    "move_id": ("subscriptions_pricemove", "id"),
    "product_id": ("catalog_product", "id"),
    "request_id": ("privacy_privacyrequest", "id"),
    "run_id": ("hosting_provisioningrun", "id"),
    "difference_id": ("hosting_difference", "id"),
    "server_id": ("hosting_server", "id"),
    "service_id": ("hosting_service", "id"),
    "subscription_id": ("subscriptions_subscription", "id"),
    "tenant_id": ("tenancy_tenant", "id"),
    "ticket_id": ("support_ticket", "id"),
    "dump_id": ("switching_dump", "id"),
    "forecast_id": ("forecasts_forecast", "id"),
    "shadow_id": ("switching_shadow", "id"),
    "api:getSwitchingImport.import_id": ("switching_dump", "id"),
    "transfer_id": ("transfers_transfer", "id"),
    "migration_id": ("transfers_transfer", "id"),
    "user_id": ("tenancy_membership", "user_id"),
    "site:automatic.token": ("billing_invoice", "token"),
    "site:automatic_bank.token": ("billing_invoice", "token"),
    "site:brand_logo.digest": ("tenancy_logo", "digest"),
    "site:invoice.token": ("billing_invoice", "token"),
    "site:invoice_payment.token": ("billing_invoice", "token"),
    "site:invoice_pdf.token": ("billing_invoice", "token"),
    "site:invoice_receipt.token": ("billing_invoice", "token"),
    "site:order.token": ("orders_order", "token"),
    "site:order_cancel.token": ("orders_order", "token"),
    "site:order_cancel_confirm.token": ("orders_order", "token"),
    "site:order_payment.token": ("orders_order", "token"),
    "workspace:visit_end.visit_id": ("identity_impersonation", "id"),
    "workspace:difference.difference_id": ("reconciliation_difference", "id"),
    "workspace:difference_owner.difference_id": ("reconciliation_difference", "id"),
    "workspace:difference_explain.difference_id": ("reconciliation_difference", "id"),
    "workspace:difference_note.difference_id": ("reconciliation_difference", "id"),
    "workspace:difference_book.difference_id": ("reconciliation_difference", "id"),
    "workspace:bank_line.line_id": ("reconciliation_bankline", "id"),
    "workspace:bank_line_match.line_id": ("reconciliation_bankline", "id"),
    "workspace:bank_line_sum.line_id": ("reconciliation_bankline", "id"),
    "workspace:bank_line_nobody.line_id": ("reconciliation_bankline", "id"),
    "workspace:bank_line_rest.line_id": ("reconciliation_bankline", "id"),
    "workspace:bank_line_undo.line_id": ("reconciliation_bankline", "id"),
    "workspace:bank_statement.statement_id": ("reconciliation_bankstatement", "id"),
    "workspace:payout.payout_id": ("reconciliation_payout", "id"),
    "workspace:payout_lines.payout_id": ("reconciliation_payout", "id"),
    "workspace:reconciliation_run.account_id": ("billing_gatewayaccount", "id"),
    "site:order_terms.token": ("orders_order", "token"),
    "site:order_trial.token": ("orders_order", "token"),
    "site:order_trial_begin.token": ("orders_order", "token"),
    "workspace:role.key": ("tenancy_role", "key"),
    "workspace:role_change.key": ("tenancy_role", "key"),
    "workspace:role_sessions.key": ("tenancy_role", "key"),
    "workspace:role_sessions_change.key": ("tenancy_role", "key"),
    "workspace:role_drop.key": ("tenancy_role", "key"),
}
# Parameters that name nothing of a tenant's, each with its reason.
BUYER = "a buyer of the platform, for its operators: see test_isolation_addresses.py"
COMPANY = "any company, for the platform's operators: see test_isolation_addresses.py"
FREE: Mapping[str, str] = {
    "console:account.account_id": BUYER,
    "console:account_resumption.account_id": BUYER,
    "console:account_suspend.account_id": BUYER,
    "console:account_suspension.account_id": BUYER,
    "console:company.tenant_id": COMPANY,
    "console:company_payer.tenant_id": COMPANY,
    "console:company_payer_move.tenant_id": COMPANY,
    "console:company_product.tenant_id": COMPANY,
    "console:company_product.key": "one of the platform's products, the same for everybody",
    "console:company_product_change.tenant_id": COMPANY,
    "console:company_product_change.key": "one of the platform's products, the same for everybody",
    "console:company_resumption.tenant_id": COMPANY,
    "console:company_suspend.tenant_id": COMPANY,
    "console:company_suspension.tenant_id": COMPANY,
    **dict.fromkeys(
        [f"console:product_{deed}.tenant_id" for deed in ("sale", "sell", "drop")], COMPANY
    ),
    **dict.fromkeys(
        [f"console:product_{deed}.key" for deed in ("sale", "sell", "drop")],
        "one of the platform's products, the same for everybody",
    ),
    **dict.fromkeys(
        [
            f"workspace:platform_product_{deed}.key"
            for deed in ("buy", "take_back", "change", "stay", "end", "keep")
        ],
        "one of the platform's products, the same for everybody",
    ),
    "workspace:platform_product_buy.price_id": "a price of the platform, the same for every company",
    "site:brand_logo.kind": "what kind of a picture it is, beside its digest",
    "hooks:pix.token": "the secret address of an account, good on every host",
    "hooks:pix_callback.token": "the secret address of an account, good on every host",
    "hooks:pix_debits.token": "the secret address of an account, good on every host",
    "hooks:pix_recurrences.token": "the secret address of an account, good on every host",
    "hooks:connect.token": "the secret address of the platform's account, good on every host",
    "hooks:pix_slash.token": "the secret address of an account, good on every host",
    "hooks:stripe.token": "the secret address of an account, good on every host",
    "account_connect.provider_id": "a provider of the whole installation",
    "account_disconnect.connection_id": "of one person, who is global",
    "account_prove.approval_id": "good only in the session that asked for it",
    "workspace:prove.approval_id": "good only in the session that asked for it",
    "account_not_me.token": "a letter to one person, who is global",
    "account_session_end.session_id": "of one person, who is global",
    "mfa_edit_webauthn.passkey_id": "of one person, who is global",
    "mfa_remove_webauthn.passkey_id": "of one person, who is global",
    "openid_connect_callback.provider_id": "a provider of the whole installation",
    "openid_connect_login.provider_id": "a provider of the whole installation",
    "client:cards_leave.kind": "which page of the provider, the same for everybody",
    "site:card_confirm.secret": "signed for one attempt: see collecting/tests/test_attempts.py",
    "site:order_cancel_confirm.proof": "signed for one order: see test_order_page.py",
    "site:order_trial_begin.proof": "signed for one order: see test_order_page.py",
    "site:customer_access.token": "known by its hash only; its own tests try it on another host",
    "site:choose_password.token": "signed for one person, who is global",
    "site:choose_password.uid": "a person, who is global",
    "site:invitation.token": "a letter to one person, good on the platform's address as well",
    "workspace:app_install.asked": "what this very session was asked for",
    "api:get_invoice.platform_invoice_id": "of an account at the platform: see test_platform.py of the API",
    "api:get_report.name": "one of the program's reports, the same for everybody",
    **dict.fromkeys(
        [
            f"workspace:{view}.name"
            for view in (
                *("report", "report_csv", "report_pdf"),
                *("report_rows", "report_rows_csv", "report_rows_pdf"),
            )
        ],
        "one of the program's reports, the same for everybody",
    ),
    "workspace:app_try.asked": "what this very session was asked for",
    "workspace:product.key": "one of the platform's products, the same for everybody",
}
FREE_KIND = {"account_id": "id", "tenant_id": "id", "approval_id": "id"}


@dataclass(frozen=True)
class Address:
    """A route: its name, its parameters, and the view behind it."""

    name: str
    parameters: tuple[str, ...]
    view: Any

    def unknown(self):
        """Parameters that nobody told us about."""
        return [f"{self.name}.{p}" for p in self.parameters if not self._named(p, FREE, NAMED)]

    def names_a_tenants_thing(self):
        return bool(self.parameters) and not self.unknown() and not self._is_free()

    def is_about_companies(self):
        """What operators see to themselves: the company is the thing, and none is out of reach."""
        return self.name.startswith("console:") and bool(self.parameters) and self._is_free()

    def is_of_the_api(self):
        """Opened by keys, not by people: proved in tests/architecture/test_isolation_api.py."""
        return self.name.startswith("api:")

    def at(self, world, tenant, root=None, *, last=False):
        """The address of the tenant's own thing; of the tenant `root` when a tenant is named."""
        values = {}
        for parameter, table, column in self._sources():
            sample = world.samples[table]
            row = (sample.last_rows if last else sample.rows)[tenant]
            values[parameter] = row[column]
        return self._url(values, root)

    def at_nothing(self, root=None):
        """The address of a thing that never was."""
        absent = {
            "id": lambda: str(uuid4()),
            "user_id": lambda: str(uuid4()),
            "key": lambda: uuid4().hex,
            "token": lambda: uuid4().hex + uuid4().hex[:11],
        }
        named = {p: self._named(p, NAMED) for p in self.parameters}
        kinds = {
            p: found[1] if found else FREE_KIND.get(p, "key") for p, found in named.items()
        }
        return self._url({p: absent[kind]() for p, kind in kinds.items()}, root)

    def _url(self, values, root):
        if root and "tenant_id" in values:
            values["tenant_id"] = root
        return reverse(self.name, kwargs=values)

    def _sources(self):
        return [(p, *self._named(p, NAMED)) for p in self.parameters]

    def _is_free(self):
        return any(self._named(p, FREE) for p in self.parameters)

    def _named(self, parameter, *tables):
        keys = (f"{self.name}.{parameter}", parameter)
        return next((table[key] for table in tables for key in keys if key in table), None)


def addresses():
    return list(_walk(get_resolver().url_patterns, "", ()))


def _walk(patterns, prefix, above):
    for pattern in patterns:
        parameters = (*above, *pattern.pattern.converters)
        if isinstance(pattern, URLPattern):
            yield Address(f"{prefix}{pattern.name}", parameters, pattern.callback)
        else:
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _walk(pattern.url_patterns, inner, parameters)
