//! The values, by operation and field. All of them pass the checks of a form; ids take a word, texts a
//! `#` and a code, numbers the code itself.

use super::Trigger;

macro_rules! triggers {
    ($($operation:literal $path:literal { $($value:literal => $reaches:literal,)+ })+) => {
        &[$($(Trigger { operation: $operation, path: $path, value: $value, reaches: $reaches },)+)+]
    };
}

pub const TRIGGERS: &[Trigger] = triggers! {
    "vonage.create-deployment" "waba_id" {
        "4000000000" => "400 invalid-json",
        "4010000000" => "401 unauthorized",
        "4030000000" => "403 forbidden",
        "4040000000" => "404 not-found",
        "4100000000" => "410",
        "4220000000" => "422 unprocessable",
        "4290000000" => "429 throttled",
    }
    "vonage.create-deployment" "number" {
        "2079460958" => "409 number-in-use",
    }
    "vonage.create-deployment" "vname_certificate" {
        "INVALID-certificate" => "202, then ERROR: Invalid vname certificate",
    }
    "vonage.get-deployment" "deployment_id" {
        "unauthorized" => "401 unauthorized",
        "not-found" => "404 not-found",
        "jwt-expired" => "401 jwt-expired",
        "jwt-revoked" => "401 jwt-revoked",
        "invalid-signature" => "401 invalid-signature",
        "invalid-api-key" => "401 invalid-api-key",
        "invalid-params" => "422 invalid-params",
        "invalid-ip" => "401 invalid-ip",
        "multiple-auth-methods" => "401 multiple-auth-methods",
        "account-suspended" => "401 account-suspended",
        "application-suspended" => "401 application-suspended",
        "unprovisioned" => "403 unprovisioned",
        "low-balance" => "402 low-balance",
        "wrong-verb" => "405 wrong-verb",
        "accept-header" => "406 accept-header",
        "content-type-header" => "415 content-type-header",
        "unavailable-legal" => "451 unavailable-legal",
    }
    "vonage.delete-deployment" "deployment_id" {
        "unauthorized" => "401 unauthorized",
        "not-found" => "404 not-found",
        "conflict-deployment-state" => "409 conflict-deployment-state",
    }
    "vonage.resend-otp" "deployment_id" {
        "invalid-json" => "400 invalid-json",
        "unauthorized" => "401 unauthorized",
        "not-found" => "404 not-found",
        "conflict-resend-otp" => "409 conflict-resend-otp",
        "throttled" => "429 throttled",
    }
    "vonage.verify" "deployment_id" {
        "invalid-json" => "400 invalid-json",
        "unauthorized" => "401 unauthorized",
        "not-found" => "404 not-found",
        "verification-failed" => "422 verification-failed",
        "throttled" => "429 throttled",
    }
    "vonage.verify" "code" {
        "000422" => "422 verification-failed",
        "000429" => "429 throttled",
    }
    "vonage.get-profile" "deployment_id" {
        "unauthorized" => "401 unauthorized",
        "not-found" => "404 not-found",
    }
    "vonage.update-profile" "deployment_id" {
        "invalid-json" => "400 invalid-json",
        "unauthorized" => "401 unauthorized",
        "not-found" => "404 not-found",
        "unprocessable-profile-update" => "422 unprocessable-profile-update",
    }
    "vonage.update-profile" "email" {
        "refused@example.com" => "422 unprocessable-profile-update",
    }
    "vonage.get-photo" "deployment_id" {
        "unauthorized" => "401 unauthorized",
        "not-found" => "404 not-found",
    }
    "vonage.update-photo" "deployment_id" {
        "invalid-json" => "400 invalid-json",
        "unauthorized" => "401 unauthorized",
        "not-found" => "404 not-found",
    }
    "vonage.update-photo" "image_url" {
        "https://example.com/too-small.png" => "422 unprocessable",
    }
    "vonage.list-stickerpacks" "deployment_id" {
        "unauthorized" => "401 unauthorized",
        "not-found" => "404 not-found",
    }
    "vonage.create-stickerpack" "deployment_id" {
        "invalid-json" => "400 invalid-json",
        "unauthorized" => "401 unauthorized",
        "not-found" => "404 not-found",
    }
    "vonage.list-whatsapp-stickerpacks" "deployment_id" {
        "unauthorized" => "401 unauthorized",
        "not-found" => "404 not-found",
    }
    "vonage.get-stickerpack" "deployment_id" {
        "unauthorized" => "401 unauthorized",
    }
    "vonage.get-stickerpack" "stickerpack_id" {
        "not-found" => "404 not-found",
    }
    "vonage.list-stickers" "deployment_id" {
        "unauthorized" => "401 unauthorized",
    }
    "vonage.list-stickers" "stickerpack_id" {
        "not-found" => "404 not-found",
    }
    "vonage.create-sticker" "deployment_id" {
        "unauthorized" => "401 unauthorized",
    }
    "vonage.create-sticker" "stickerpack_id" {
        "not-found" => "404 not-found",
    }
    "vonage.get-sticker" "deployment_id" {
        "unauthorized" => "401 unauthorized",
    }
    "vonage.get-sticker" "sticker_index" {
        "404" => "404 not-found",
    }
    "vonage.delete-sticker" "deployment_id" {
        "unauthorized" => "401 unauthorized",
    }
    "vonage.delete-sticker" "sticker_index" {
        "404" => "404 not-found",
    }

    "kapso.list-customers" "page" {
        "999400" => "400",
        "999429" => "429",
        "999500" => "500",
    }
    "kapso.create-customer" "customer.name" {
        "#400" => "400",
        "#401" => "401",
        "#422" => "422",
        "#429" => "429",
        "#500" => "500",
    }
    "kapso.get-customer" "customer_id" {
        "not-found" => "404",
        "throttled" => "429",
        "server-error" => "500",
    }
    "kapso.list-configs" "page" {
        "999400" => "400",
        "999429" => "429",
        "999500" => "500",
    }
    "kapso.list-customer-configs" "customer_id" {
        "not-found" => "404",
        "throttled" => "429",
        "server-error" => "500",
    }
    "kapso.create-whatsapp-config" "customer_id" {
        "not-found" => "404",
    }
    "kapso.create-whatsapp-config" "whatsapp_config.name" {
        "#400" => "400",
        "#401" => "401",
        "#403" => "403",
        "#422" => "422",
        "#429" => "429",
        "#500" => "500",
    }
    "kapso.get-config" "config_id" {
        "not-found" => "404",
        "throttled" => "429",
        "server-error" => "500",
    }
    "kapso.update-config" "config_id" {
        "forbidden" => "403",
        "not-found" => "404",
        "unprocessable" => "422",
        "throttled" => "429",
        "server-error" => "500",
    }
    "kapso.delete-config" "config_id" {
        "forbidden" => "403",
        "not-found" => "404",
        "unprocessable" => "422",
        "throttled" => "429",
        "server-error" => "500",
    }
    "kapso.list-conversations" "page" {
        "999400" => "400",
        "999429" => "429",
        "999500" => "500",
    }
    "kapso.get-conversation" "conversation_id" {
        "not-found" => "404",
        "throttled" => "429",
        "server-error" => "500",
    }
    "kapso.update-conversation" "conversation_id" {
        "not-found" => "404",
        "unprocessable" => "422",
        "throttled" => "429",
        "server-error" => "500",
    }
    "kapso.list-messages" "conversation_id" {
        "not-found" => "404",
        "throttled" => "429",
        "server-error" => "500",
    }
    "kapso.send-message" "conversation_id" {
        "not-found" => "404",
    }
    "kapso.send-message" "message.content" {
        "#400" => "400",
        "#401" => "401",
        "#403" => "403",
        "#409" => "409",
        "#422" => "422",
        "#429" => "429",
        "#500" => "500",
        "#131026" => "201, then failed with 131026",
        "#131047" => "201, then failed with 131047",
        "#131049" => "201, then failed with 131049",
        "#131053" => "201, then failed with 131053",
    }
    "kapso.send-message" "message.template_name" {
        "unknown_template" => "422 132001",
    }
    "kapso.send-standalone" "whatsapp_config_id" {
        "not-found" => "404",
    }
    "kapso.send-standalone" "message.content" {
        "#400" => "400",
        "#401" => "401",
        "#403" => "403",
        "#409" => "409",
        "#422" => "422",
        "#429" => "429",
        "#500" => "500",
        "#131026" => "201, then failed with 131026",
    }
    "kapso.mark-as-read" "id" {
        "not-found" => "404",
        "unprocessable" => "422",
        "throttled" => "429",
        "server-error" => "500",
    }
    "kapso.list-templates" "page" {
        "999400" => "400",
        "999429" => "429",
        "999500" => "500",
    }
    "kapso.list-notes" "identifier" {
        "not-found" => "404",
        "throttled" => "429",
        "server-error" => "500",
    }
    "kapso.create-note" "identifier" {
        "not-found" => "404",
    }
    "kapso.create-note" "note.content" {
        "#422" => "422",
        "#429" => "429",
        "#500" => "500",
    }
    "kapso.list-assignments" "whatsapp_conversation_id" {
        "not-found" => "404",
        "throttled" => "429",
        "server-error" => "500",
    }
    "kapso.create-assignment" "whatsapp_conversation_id" {
        "not-found" => "404",
    }
    "kapso.create-assignment" "conversation_assignment.user_id" {
        "not-a-member" => "422",
        "throttled" => "429",
        "server-error" => "500",
    }
    "kapso.update-assignment" "id" {
        "not-found" => "404",
        "throttled" => "429",
        "server-error" => "500",
    }
    "kapso.update-assignment" "conversation_assignment.user_id" {
        "not-a-member" => "422",
    }

    "webex.send-text" "channels.OTT-Messaging.wa.text.body" {
        "#7000" => "400 7000",
        "#7001" => "401 7001",
        "#7002" => "401 7002",
        "#7003" => "400 7003",
        "#7004" => "400 7004",
        "#7004 as 200" => "200 7004",
        "#7005" => "400 7005",
        "#7006" => "400 7006",
        "#7007" => "400 7007",
        "#7009" => "400 7009",
        "#7010" => "400 7010",
        "#7011" => "400 7011",
        "#7020" => "400 7020",
        "#7104" => "400 7104",
        "#7108" => "400 7108",
        "#7200" => "400 7200",
        "#7301" => "400 7301",
        "#7307" => "400 7307",
        "#7316" => "400 7316",
        "#7722" => "400 7722",
        "#7738" => "400 7738",
    }

    "rapida.create-whatsapp-deployment" "assistantId" {
        "1008001" => "400 1008001",
        "1008002" => "401 1008002",
        "1008003" => "403 1008003",
        "1008004" => "400 1008004",
        "1008005" => "500 1008005",
        "1008006" => "400 1008006",
        "1008007" => "400 1008007",
        "1008008" => "400 1008008",
        "1008009" => "400 1008009",
        "1008010" => "400 1008010",
    }
    "rapida.get-whatsapp-deployment" "assistantId" {
        "1013001" => "401 1013001",
        "1013002" => "403 1013002",
        "1013003" => "400 1013003",
        "1013004" => "500 1013004",
    }
    "rapida.list-whatsapp-deployments" "assistantId" {
        "1018001" => "401 1018001",
        "1018002" => "403 1018002",
        "1018003" => "400 1018003",
        "1018004" => "400 1018004",
        "1018005" => "500 1018005",
    }
};
