"""The mail server of the tests: aiosmtpd with STARTTLS, AUTH and one file per accepted message."""

import asyncio
import json
import ssl
import sys
import uuid
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

settings = json.loads(sys.argv[1])
inbox = Path(settings["inbox"])


class Inbox:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 there is nobody of that name"
        if address.startswith("later@"):
            return "451 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        name = uuid.uuid4().hex
        record = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "tls": session.ssl is not None,
            "user": session.auth_data.login.decode() if session.authenticated else None,
        }
        (inbox / f"{name}.eml").write_bytes(envelope.original_content)
        (inbox / f"{name}.json.part").write_text(json.dumps(record))
        (inbox / f"{name}.json.part").rename(inbox / f"{name}.json")
        return "250 kept"


def authenticate(server, session, envelope, mechanism, data):
    known = isinstance(data, LoginPassword) and data.login == b"engines" and data.password == b"engines p@ss"
    return AuthResult(success=known, auth_data=data) if known else AuthResult(success=False, handled=False)


def factory():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(settings["cert"], settings["key"])
    return SMTP(Inbox(), hostname="mail.test", tls_context=context, authenticator=authenticate, enable_SMTPUTF8=True)


async def main():
    server = await asyncio.get_running_loop().create_server(factory, "127.0.0.1", settings["port"])
    async with server:
        await server.serve_forever()


asyncio.run(main())
