//! Conversations in Arabic, Hebrew, Hindi and Japanese: two directions of writing, joined letters,
//! texts without spaces.

use super::talk::{Talk, them, us};

pub(super) const TALKS: &[Talk] = &[LAYLA, NOA, PRIYA, MISAKI];

const LAYLA: Talk = Talk {
    name: "ليلى حسن",
    phone: "+971501550117",
    config: 1,
    ended: false,
    lines: &[
        them(820, "السلام عليكم، هل لديكم غرفة لشخصين من 12 إلى 15؟"),
        us(811, "وعليكم السلام! نعم، لدينا غرفة *مطلة على البحر*."),
        them(806, "كم السعر لليلة الواحدة؟ الميزانية 500 USD تقريبًا"),
        us(800, "450 USD مع الإفطار. هذه صورة الغرفة:")
            .kind("image", r#"{"caption":"450 USD مع الإفطار. هذه صورة الغرفة:"}"#)
            .media("https://example.com/media/room-sea.jpg"),
        them(795, "جميلة جدًا 😍 أريد الحجز باسم Layla Hassan"),
        us(780, "تم الحجز ✅ رقم الحجز: `MR-8831`"),
        them(95, "شكرًا جزيلًا! هل يمكن الوصول بعد منتصف الليل؟"),
    ],
};

const NOA: Talk = Talk {
    name: "נועה לוי",
    phone: "+972521550164",
    config: 0,
    ended: false,
    lines: &[
        them(1120, "שלום, אפשר לקבוע תור לניקוי שיניים?"),
        us(1111, "שלום נועה! יש מקום ביום רביעי ב-16:00 או ביום חמישי ב-9:30."),
        them(1104, "רביעי מצוין. צריך להביא משהו?"),
        us(1100, "רק תעודה מזהה. אם יש צילומים, אפשר לשלוח לכתובת hello@northgate-dental.example"),
        them(210, "Image attached").kind("image", "{}").media("https://example.com/media/noa-xray.png"),
        us(200, "קיבלנו, תודה! *נתראה ברביעי* 🙂").status("delivered"),
    ],
};

const PRIYA: Talk = Talk {
    name: "प्रिया शर्मा",
    phone: "+919810550173",
    config: 2,
    ended: false,
    lines: &[
        them(560, "नमस्ते, क्या 25 तारीख को हॉल खाली है? जन्मदिन की पार्टी है 🎂"),
        us(552, "नमस्ते प्रिया जी! शाम 6 बजे से *खाली है*। कितने मेहमान आएँगे?"),
        them(548, "लगभग 40, बच्चों के साथ"),
        us(540, "बहुत बढ़िया। पता यह है:"),
        us(539, "Location: Salão Jardim (-23.5640, -46.6551)")
            .kind("location", r#"{"latitude":-23.564,"longitude":-46.6551,"name":"Salão Jardim"}"#),
        them(77, "धन्यवाद! केक हम ख़ुद लाएँगे 👨‍👩‍👧‍👦"),
    ],
};

const MISAKI: Talk = Talk {
    name: "佐藤 美咲",
    phone: "+819015550188",
    config: 1,
    ended: true,
    lines: &[
        them(10_300, "はじめまして。来週の予約を一名追加できますか?"),
        us(10_290, "佐藤様、お問い合わせありがとうございます。はい、追加できます。"),
        them(10_284, "助かります。朝食も一名分お願いします。"),
        us(10_270, "かしこまりました。合計は*¥48,000*です。予約番号は`MR-7720`でございます。"),
        them(10_266, "ありがとうございました🙇"),
        us(10_260, "またのご利用をお待ちしております。"),
    ],
};
