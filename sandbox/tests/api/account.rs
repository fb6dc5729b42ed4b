//! What people change about their own account.

use sandbox::Status;
use sandbox::world::{RESET_PASSWORD, now_ms};

use crate::acme;

#[tokio::test]
async fn an_address_is_added_verified_by_a_code_and_its_invitations_are_then_found() {
    let (control, mut browser) = acme();
    control.change(|w| w.invite("org_acme", "a.byron@demo.test", "org:member", Status::Pending, now_ms()));
    browser.get("/v1/client").await;
    let add = "/v1/me/email_addresses";
    let taken = browser.post(add, &[("email_address", "max@demo.test")]).await;
    assert_eq!((taken.status, taken.code()), (422, "form_identifier_exists"));
    let malformed = browser.post(add, &[("email_address", "byron")]).await;
    assert_eq!((malformed.status, malformed.code()), (422, "form_param_format_invalid"));
    let added = browser.post(add, &[("email_address", "A.Byron@demo.test")]).await;
    assert_eq!(added.body["response"]["email_address"], "a.byron@demo.test");
    let one = format!("{add}/{}", added.body["response"]["id"].as_str().expect("an id"));
    let received = "/v1/me/organization_invitations";
    assert_eq!(browser.get(received).await.body["response"]["total_count"], 0);
    let prepare = format!("{one}/prepare_verification");
    assert_eq!(browser.post(&prepare, &[("strategy", "email_code")]).await.status, 200);
    let attempt = format!("{one}/attempt_verification");
    assert_eq!(browser.post(&attempt, &[("code", "1")]).await.code(), "form_code_incorrect");
    let verified = browser.post(&attempt, &[("code", "424242")]).await;
    assert_eq!(verified.body["response"]["verification"]["status"], "verified");
    assert_eq!(browser.get(received).await.body["response"]["total_count"], 1);
    let strange =
        browser.post(&format!("{add}/idn_nobody/attempt_verification"), &[("code", "424242")]).await;
    assert_eq!(strange.status, 404);
}

#[tokio::test]
async fn another_password_settles_the_task_to_choose_one() {
    let (control, mut browser) = acme();
    control.change(|w| {
        let session = w.greeting.clone().expect("a session");
        w.demand_task(&session, RESET_PASSWORD);
    });
    let before = browser.get("/v1/client").await;
    assert_eq!(before.body["response"]["sessions"][0]["status"], "pending");
    let change = "/v1/me/change_password";
    assert_eq!(
        browser.post(change, &[("new_password", "short")]).await.code(),
        "form_password_length_too_short"
    );
    let after = browser.post(change, &[("new_password", "long-enough-and-odd")]).await;
    assert_eq!(after.body["client"]["sessions"][0]["status"], "active");
    assert_eq!(after.body["client"]["sessions"][0]["tasks"], serde_json::Value::Null);
}
