def test_the_settings_load(client):
    assert client.get("/").status_code == 302
