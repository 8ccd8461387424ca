"""Mail and its password go over an encrypted connection, and only to the server that was meant."""

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
