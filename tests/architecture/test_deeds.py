"""Whatever people can do on a page of their company, programs can: or it is said why not."""

from collections.abc import Iterator

from alicerce.surfaces.api.application import operations_by_path
from tests.architecture.isolation import listing
from tests.architecture.isolation.addresses import addresses

PEOPLE = "who may do what is for people to say, proven by a second factor"
MONEY = "takes money back or writes it off: proven by a second factor, and looked at twice"
POWER = "hands out power over others, which would outlive the key: people prove who they are"
RULES = "changed once in a while by a person who reads what it will do"
SEEN = "asks for this person's own eyes, or keeps what one person likes to see"
FILES = "a file that a person looks through before it is taken; programs create one by one"
WAITS = "comes with the API of its own app"
STEP = "a step of another deed's page"
LAW = "a statement to an authority or a bank, with deadlines: a person decides, and says why"
PRICE = "asks for another price than the catalog's: proven by a second factor, with a reason"
LOOKED = "what two accounts of one thing say is compared by a person's eyes"
ASKED = "requestCorrection"
DECIDED = "the half of a correction that is a person's: proven by a second factor, and looked at twice"

# Each deed of a page: the operation that does the same, or why there is none.
DEEDS = {
    "prove": SEEN,
    # customers
    "customer_view_new": SEEN,
    "customer_view_remove": SEEN,
    "customer_tier_new": "createTier",
    "customer_tier_rename": "renameTier",
    "customer_tier_drop": "deleteTier",
    "customer_new": "createCustomer",
    "customer_edit": "updateCustomer",
    "customers_import_new": FILES,
    "customers_import": FILES,
    "customers_import_cancel": FILES,
    "customers_export_new": POWER,
    "customers_export_confirm": POWER,
    "customers_export_download": POWER,
    "customers_invite": PEOPLE,
    "customers_invite_confirm": PEOPLE,
    "customers_round_stop": PEOPLE,
    "customer_status": "blockCustomer unblockCustomer closeCustomer reopenCustomer",
    "customer_address_add": "createAddress",
    "customer_address_remove": "deleteAddress",
    "customer_contact_add": "createContact",
    "customer_contact_remove": "deleteContact",
    "customer_note_add": "createNote",
    "customer_invite": PEOPLE,
    "customer_invitation_revoke": PEOPLE,
    "customer_person_role": PEOPLE,
    "customer_person_remove": PEOPLE,
    # orders, services, domains
    "order_cancel": "cancelOrder",
    "order_new": STEP,
    "order_confirm": "createService",
    "order_reprice": PRICE,
    "service_policy": RULES,
    "service_suspend": "suspendService",
    "service_resume": "resumeService",
    "service_removal": "scheduleServiceRemoval",
    "service_keep": "cancelServiceRemoval",
    "service_remove": "destroys a site for good: a person proves who they are and types its name",
    "run_retry": "provision",
    "server_new": POWER,
    "server_add": POWER,
    "server_edit": POWER,
    "server_access": POWER,
    "server_check": "a look at something that no operation names",
    "server_accept": RULES,
    # subscriptions
    "subscription_cancel": "cancelSubscription",
    "subscription_reactivate": "reactivateSubscription",
    "subscription_day": "setSubscriptionBillingDay",
    "subscription_pause": "pauseSubscriptionBilling",
    "subscription_unpause": "resumeSubscriptionBilling",
    "subscription_credit": MONEY,
    "subscription_credit_confirm": STEP,
    "price_move_new": "previewPriceMove",
    "price_move_confirm": "createPriceMove",
    "price_move_cancel": "cancelPriceMove",
    "subscription_change": "previewSubscriptionChange changeSubscription",
    "subscription_change_withdraw": "withdrawSubscriptionChange",
    "billing_start": RULES,
    "billing_terms": RULES,
    "billing_release": RULES,
    # money
    "invoice_balance": MONEY,
    "invoice_payment_record": ASKED,
    "invoice_payment_record_confirm": STEP,
    "invoice_credit": ASKED,
    "invoice_credit_confirm": STEP,
    "invoice_write_off": ASKED,
    "invoice_write_off_confirm": STEP,
    "invoice_void": ASKED,
    "invoice_void_confirm": STEP,
    "payment_give": MONEY,
    "payment_give_confirm": STEP,
    "attribution_undo": MONEY,
    "attribution_undo_confirm": STEP,
    "payment_refund": ASKED,
    "payment_refund_confirm": STEP,
    "wallet_adjust": ASKED,
    "wallet_adjust_confirm": STEP,
    "correction_refund": DECIDED,
    "correction_settle": DECIDED,
    "correction_manage": DECIDED,
    "correction_refuse": DECIDED,
    "billing_rules": RULES,
    "issuer_new": RULES,
    "issuer_edit": RULES,
    "issuer_begin": RULES,
    "issuer_default": RULES,
    "issuer_retire": RULES,
    "issuer_restore": RULES,
    "customer_issuer": RULES,
    "connect_offer": RULES,
    "merchant_connect": PEOPLE,
    "merchant_disconnect": MONEY,
    "dunning_ladder": RULES,
    "dunning_one_ladder": RULES,
    "dunning_ladder_default": RULES,
    "dunning_override": RULES,
    "dunning_override_lift": RULES,
    # catalog
    "catalog_product": RULES,
    "plan_new": "createPlan",
    "plan_edit": "updatePlan",
    "plan_retire": "retirePlan",
    "plan_prices": "createPrice retirePrice",
    "plan_prices_confirm": STEP,
    "field_new": "createPlanField",
    "field_edit": "createPlanField retirePlanField",
    "field_retire": "retirePlanField",
    "option_new": "createPlanOption",
    "option_edit": "createPlanOption retirePlanOption",
    "option_confirm": STEP,
    "option_retire": "retirePlanOption",
    "coupon_new": "createCoupon",
    "coupon": RULES,
    "coupon_retire": "retireCoupon",
    "terms": RULES,
    # taxes and their documents
    "tax_new": RULES,
    "tax_new_confirm": STEP,
    "tax_end": RULES,
    "tax_end_confirm": STEP,
    "customer_exempt": RULES,
    "customer_exemption_end": RULES,
    "customer_tax_place": RULES,
    "plan_service": RULES,
    "fiscal_issuer": RULES,
    "fiscal_issuer_confirm": STEP,
    "fiscal_certificate": POWER,
    "fiscal_certificate_confirm": STEP,
    "fiscal_document_cancel": MONEY,
    "fiscal_document_cancel_confirm": STEP,
    "fiscal_document_retry": LAW,
    "fiscal_document_substitute": LAW,
    "fiscal_task_dismiss": LAW,
    "invoice_document": LAW,
    # cards, disputes, the provider and the bank
    "card_charge": "chargeInvoice",
    "mandate_ask": "createMandate",
    "mandate_revoke": "revokeMandate",
    "dispute_draft": "submitDisputeEvidence",
    "dispute_submit": "submitDisputeEvidence",
    "dispute_accept": "acceptDispute",
    "dispute_policy": RULES,
    "med_new": LAW,
    "med_new_confirm": STEP,
    "med_defence": LAW,
    "med_reject": LAW,
    "med_return": LAW,
    "med_return_confirm": STEP,
    "reconciliation_run": LOOKED,
    "difference_book": LOOKED,
    "difference_explain": LOOKED,
    "difference_note": LOOKED,
    "difference_owner": LOOKED,
    "bank_account_new": LOOKED,
    "bank_statement_new": FILES,
    "bank_statement": FILES,
    "bank_line_match": LOOKED,
    "bank_line_undo": LOOKED,
    "bank_line_sum": LOOKED,
    "bank_line_rest": LOOKED,
    "bank_line_nobody": LOOKED,
    "bank_match_sure": LOOKED,
    "payout_lines": LOOKED,
    # names of the company's own
    "host_name_new": "attachHostName",
    "host_name_look": "verifyHostName",
    "host_name_first": "makeHostNamePrimary",
    "host_name_back": "unmakeHostNamePrimary",
    "host_name_detach": "detachHostName",
    # what is counted, and what it costs
    "meter_new": "createMeter",
    "meter_new_confirm": STEP,
    "meter_retire": "retireMeter",
    "plan_cost": RULES,
    "subscription_items": "previewSubscriptionItems changeSubscriptionItems",
    "subscription_addon": "previewSubscriptionAddon addSubscriptionAddon",
    # the next months, told of a copy
    "forecast_new": "createForecast",
    "forecast_cancel": "cancelForecast",
    # a book that comes from another system
    "switching_new": FILES,
    "switching_bring": FILES,
    "switching_cancel": FILES,
    "switching_undo": FILES,
    "switching_cross": POWER,
    # tickets
    "ticket_write": WAITS,
    "ticket_assign": WAITS,
    "ticket_resolve": WAITS,
    "ticket_reopen": WAITS,
    # the company and its people
    "invite": "createInvitation",
    "leave": PEOPLE,
    "invitation_resend": PEOPLE,
    "invitation_withdraw": "deleteInvitation",
    "transfer": PEOPLE,
    "transfer_confirm": PEOPLE,
    "member_role": "updateMember",
    "member_role_change": "updateMember",
    "member_remove": "deleteMember",
    "role_copy": PEOPLE,
    "role": PEOPLE,
    "role_change": PEOPLE,
    "role_drop": PEOPLE,
    "role_sessions": PEOPLE,
    "role_sessions_change": PEOPLE,
    "visit_end": PEOPLE,
    "stand_in": PEOPLE,
    "stand_in_begin": PEOPLE,
    "consent_grant": PEOPLE,
    "consent_refuse": PEOPLE,
    "consent_withdraw": PEOPLE,
    "company": PEOPLE,
    "product": PEOPLE,
    "payer_take_over": PEOPLE,
    "payer_confirm": PEOPLE,
    "payer_account": PEOPLE,
    "payer_describe": PEOPLE,
    "payer_invite": PEOPLE,
    "payer_withdraw": PEOPLE,
    # what the company is to the platform, and looks like
    "platform_product_buy": RULES,
    "platform_product_change": RULES,
    "platform_product_end": RULES,
    "platform_product_keep": RULES,
    "platform_product_stay": RULES,
    "platform_product_take_back": RULES,
    "brand": FILES,
    "brand_use": STEP,
    "brand_drop": RULES,
    # programs
    "api_key_new": "createKey",
    "api_key_make": STEP,
    "api_key_rotate": "rotateKey",
    "api_key_exchange": STEP,
    "api_key_revoke": "revokeKey",
    "sandbox": "advanceTestClock",
    "sandbox_open": "createKey",
    "sandbox_providers": RULES,
    "sandbox_refresh": "refreshTestCatalog",
    "webhook_new": "createWebhook",
    "webhook_edit": "updateWebhook",
    "webhook_test": "testWebhook",
    "webhook_enable": "updateWebhook",
    "webhook_disable": "updateWebhook",
    "webhook_delivery_replay": "replayDelivery",
    "webhook_replay": "replayFailedDeliveries",
    "webhook_rotate": "rotateWebhookSecret",
    "webhook_delete": "deleteWebhook",
    "application_new": POWER,
    "application_edit": POWER,
    "application_rotate": POWER,
    "application_register": POWER,
    "application_change": POWER,
    "application_exchange": POWER,
    "application_withdraw": POWER,
    "installation_remove": POWER,
    "app_install": POWER,
    "app_try": POWER,
    # accounts that come from elsewhere
    "transfer_new": "createMigration",
    "transfer_examine": "examineMigration",
    "transfer_act": "cancelMigration",
}
REASONS = {
    PRICE,
    PEOPLE,
    MONEY,
    POWER,
    RULES,
    SEEN,
    FILES,
    LAW,
    LOOKED,
    WAITS,
    STEP,
    DECIDED,
    DEEDS["service_remove"],
    DEEDS["server_check"],
}


def methods(view) -> Iterator[str]:
    """What a view answers to, as Django's decorators around it say."""
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            said = cell.cell_contents
            if isinstance(said, list | tuple) and {"GET", "POST", "HEAD"} & {*map(str, said)}:
                yield from said
        view = getattr(view, "__wrapped__", None)


def deeds():
    return {
        address.name.removeprefix("workspace:")
        for address in addresses()
        if address.name.startswith("workspace:") and "POST" in methods(address.view)
    }


def operations():
    return {
        operation.operation_id
        for by_method in operations_by_path().values()
        for operation in by_method.values()
    }


def test_every_deed_of_a_page_is_an_operation_or_says_why_not():
    assert len(deeds()) > 100, "deeds are looked for in the decorators of views"
    assert deeds() - DEEDS.keys() == set(), listing(sorted(deeds() - DEEDS.keys()))
    assert DEEDS.keys() - deeds() == set(), "an entry that no page needs"


def test_what_is_named_is_there():
    named = {name for told in DEEDS.values() if told not in REASONS for name in told.split()}

    assert named - operations() == set()
