"""How calls that never leave the local cloud name their caller."""

from datetime import datetime, timezone

from ministack.core.responses import get_region

from launcher.identity.sessions import Session
from launcher.settings import Keys


def claim(session: Session | Keys, service: str) -> dict[str, str]:
    """Headers that name the session, or root, as a signed request's do.

    Without a signature: who receives them is this process, or the backend, which looks at the
    access key and the token alone.
    """
    day = datetime.now(timezone.utc).strftime("%Y%m%d")
    scope = f"{session.access_key_id}/{day}/{get_region()}/{service}/aws4_request"
    headers = {
        "authorization": f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=none"
    }
    if isinstance(session, Session):
        headers["x-amz-security-token"] = session.token
    return headers
