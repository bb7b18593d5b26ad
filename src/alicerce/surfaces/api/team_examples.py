"""What the document shows of the team."""

from alicerce.surfaces.api.samples import NOON, Example, a_list

MEMBER = "0199c9a2-5f7c-7b51-9d0e-8f3b1f0c2b21"
PERSON = "0199c9a2-5f7c-7b51-9d0e-8f3b1f0c2b22"
INVITATION = "0199c9a2-5f7c-7b51-9d0e-8f3b1f0c2b23"

member: Example = {
    "object": "member",
    "id": MEMBER,
    "user_id": PERSON,
    "name": "Fábio Reis",
    "email": "fabio@example.com",
    "role": "finance",
    "created_at": NOON,
}
role: Example = {
    "object": "role",
    "key": "finance",
    "name": "Financeiro",
    "permissions": ["billing:read", "customers:read"],
    "is_shipped": True,
    "members": 1,
}
invitation: Example = {
    "object": "invitation",
    "id": INVITATION,
    "email": "fabio@example.com",
    "role": "finance",
    "role_name": "Financeiro",
    "status": "open",
    "sent_at": NOON,
    "expires_at": "2026-11-24T12:00:00Z",
}
RESPONSES: dict[str, Example] = {
    "listMembers": a_list(member, "members"),
    "getMember": member,
    "updateMember": {**member, "role": "support"},
    "deleteMember": {"object": "member", "id": MEMBER, "deleted": True},
    "listRoles": a_list(role, "roles"),
    "listInvitations": a_list(invitation, "invitations"),
    "createInvitation": invitation,
    "getInvitation": invitation,
    "deleteInvitation": {"object": "invitation", "id": INVITATION, "deleted": True},
}
REQUESTS: dict[str, Example] = {
    "createInvitation": {"email": "fabio@example.com", "role": "finance"},
    "updateMember": {"role": "support"},
}
