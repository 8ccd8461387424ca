"""Mail and its password go over an encrypted connection, and only to the server that was meant."""

from portal.worker import mail
from tests.plumbing import certificate

LOGIN = {"smtp_starttls": True, "smtp_user": "club", "smtp_password": "a lantern"}


def test_the_connection_is_encrypted_before_anything_is_said(app, claimed, post, tmp_path, monkeypatch):
    claimed()
    post.box.encryption = certificate.make(tmp_path / "server.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "server.pem"))
    app.config["PORTAL"] = app.config["PORTAL"].model_copy(update=LOGIN)
    assert (len(post.deliver()), post.box.names) == (1, ["club"])


def test_a_server_that_nobody_vouches_for_gets_neither_mail_nor_password(
    app, claimed, post, tmp_path, outbox
):
    claimed()
    post.box.encryption = certificate.make(tmp_path / "server.pem")
    app.config["PORTAL"] = app.config["PORTAL"].model_copy(update=LOGIN)
    assert (post.deliver(), post.box.names, outbox()[-1].sent_at) == ([], [], None)


def test_a_server_of_the_encrypted_port_is_spoken_to_encrypted_from_the_first_word(
    app, claimed, post, tmp_path, monkeypatch
):
    claimed()
    speaks_smtps(post, tmp_path, monkeypatch)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "server.pem"))
    app.config["PORTAL"] = app.config["PORTAL"].model_copy(update=LOGIN)
    [sent] = post.deliver()
    assert (sent["To"], post.box.names) == ("ada@example.com", ["club"])


def test_there_too_nothing_is_said_to_a_server_that_nobody_vouches_for(
    app, claimed, post, tmp_path, outbox, monkeypatch
):
    claimed()
    speaks_smtps(post, tmp_path, monkeypatch)
    app.config["PORTAL"] = app.config["PORTAL"].model_copy(update=LOGIN)
    assert (post.deliver(), post.box.names, outbox()[-1].sent_at) == ([], [], None)


def speaks_smtps(post, folder, monkeypatch):
    """The test's server stands at a port of chance; to the club it is the one that encrypts at once."""
    post.box.encryption = certificate.make(folder / "server.pem")
    post.box.encrypts_at_once = True
    monkeypatch.setattr(mail, "ENCRYPTED_PORT", post.box.port)
