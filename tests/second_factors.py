"""What people hold in their hands: an app that shows codes, and a device that keeps a passkey."""

import json
import secrets
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import Aaguid, AttestedCredentialData, AuthenticatorData, CollectedClientData

from ppid.organisation import second_factor
from ppid.organisation.models import User


def code_of(secret: str, *, periods: int = 0) -> str:
    """Return what the app shows, or showed so many periods before (-) or will show after (+) now.

    As a period ends it waits for the next one, so that none ends between here and where the code is looked at.
    """
    if (left := 30 - time.time() % 30) < 2:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + periods))


def with_app(user: User) -> str:
    """Set up an app for the person by the code of the period before, and return its secret."""
    sealed = second_factor.new_secret()
    secret = second_factor.secret_in(sealed)
    second_factor.set_up_app(user, sealed, code_of(secret, periods=-1), replaces=None)
    return secret


def seated(user: User) -> Client:
    """Return a browser in which the person signed in by their second factor."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["identity_second_factor"] = True
    session.save()
    return client


def grown_old(client: Client) -> Client:
    """Let the last proof of who sits there be older than any window."""
    session = client.session
    session["identity_proved_at"] -= 60 * 60 * 13
    session.save()
    return client


class Device:
    """A device that keeps one passkey and unlocks by a finger; ``unlocks`` False leaves that out."""

    def __init__(self, *, origin: str = "https://testserver", unlocks: bool = True):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id, self.origin = secrets.token_bytes(16), origin
        self.flags = AuthenticatorData.FLAG.UP | (AuthenticatorData.FLAG.UV if unlocks else 0)

    def added(self, options: str) -> str:
        """Return what the browser answers to «make a passkey»."""
        asked = json.loads(options)["publicKey"]
        self.user = asked["user"]["id"]
        told = self._told("webauthn.create", asked["challenge"])
        kept = AttestedCredentialData.create(Aaguid.NONE, self.id, ES256.from_cryptography_key(self.key.public_key()))
        data = AuthenticatorData.create(
            sha256(asked["rp"]["id"].encode()), self.flags | AuthenticatorData.FLAG.AT, 0, bytes(kept)
        )
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": bytes(data)})
        return self._answer({"clientDataJSON": told, "attestationObject": attestation})

    def proved(self, options: str, **changed) -> str:
        """Return what the browser answers to «prove it»."""
        asked = json.loads(options)["publicKey"]
        told = self._told("webauthn.get", asked["challenge"])
        data = bytes(AuthenticatorData.create(sha256(asked["rpId"].encode()), self.flags, 1))
        signature = self.key.sign(data + sha256(told), ec.ECDSA(hashes.SHA256()))
        parts = {"clientDataJSON": told, "authenticatorData": data, "signature": signature}
        return self._answer(parts | changed, userHandle=self.user)

    def _told(self, kind: str, challenge: str) -> bytes:
        return bytes(CollectedClientData.create(kind, challenge, self.origin))

    def _answer(self, parts: dict[str, bytes], **more) -> str:
        response = {name: websafe_encode(value) for name, value in parts.items()} | more
        own = websafe_encode(self.id)
        answer = {"id": own, "rawId": own, "type": "public-key", "response": response, "clientExtensionResults": {}}
        return json.dumps(answer)
