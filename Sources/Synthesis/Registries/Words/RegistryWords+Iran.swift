extension RegistryWords {
    static let iran: RegistryWords = {
        var words = RegistryWords()
        words.language = "fa"
        words.placeAuthority = "ir-place"
        words.facilityAuthority = "ir-unit"
        words.serviceAuthority = "ir-rvu"
        words.drugAuthority = "ir-irc"
        words.providerSource = "irimc"
        words.staffSource = "ir-daneshgah"
        words.providerAuthority = "ir-mc"
        words.insurer = "salamat"
        words.currency = "IRR"
        words.dialling = "+98"
        words.divisions = ["استان", "شهرستان", "شهر"]
        words.placeStarts = list(
            "نو|خوش|گل|سبز|سپید|دشت|کوه|چشمه|باغ|مهر|آب|سرو|لاله|بهار|روشن|زرین|شاد|فرخ|پاک|سیمین"
        )
        words.placeEnds = list(
            "آباد|رود|دشت|سرا|کند|شهر|بر|سار|گاه|زار|تپه|دره|چال|پل|مزرعه|بالا|پایین|نو|کهن|بند|قلعه|ده|جان|دان|ستان|کوه|چم|گرد|وند|سنگ"
        )
        words.facilityTypes = [
            FacilityType(
                name: "بیمارستان", level: "سوم", complexity: "زیاد", bedsMax: 500, weight: 8),
            FacilityType(name: "داروخانه", level: "اول", complexity: "کم", bedsMax: 0, weight: 30),
            FacilityType(
                name: "آزمایشگاه", level: "دوم", complexity: "متوسط", bedsMax: 0, weight: 14),
            FacilityType(
                name: "مرکز تصویربرداری", level: "دوم", complexity: "متوسط", bedsMax: 0, weight: 8),
            FacilityType(
                name: "مرکز بهداشت", level: "اول", complexity: "کم", bedsMax: 0, weight: 20),
            FacilityType(
                name: "درمانگاه", level: "دوم", complexity: "متوسط", bedsMax: 0, weight: 12),
            FacilityType(
                name: "خانه بهداشت", level: "اول", complexity: "کم", bedsMax: 0, weight: 20),
        ]
        words.patrons = list(
            "سپیده دم|نوبهار|دکتر آذرمهر پویان|چشمه نور|باغ ارم نو|دکتر فرهاد کیهانی|مهر آوران|سرو سبز|لاله دشت|روشنا|دکتر پریسا نیک‌رو|آفتاب|دماوند نو|گلستان مهر|پرستار مینا زرگر|هفت چشمه|نسیم|بهار نارنج|ستاره شرق|کوهسار|دکتر بهمن رادفر|نیلوفر|همای رحمت|شفا گستر|پگاه"
        )
        words.owners = list("دانشگاهی|خصوصی|تأمین اجتماعی|خیریه|نیروهای مسلح")
        words.legalEntity = "شبکه بهداشت"
        words.streets = list(
            "خیابان بهار|خیابان لاله|بلوار سرو|کوچه نسیم|خیابان دانش|میدان مهر|خیابان باغ|بلوار چشمه|خیابان روشن|کوچه نیلوفر"
        )
        words.serviceGroups = list(
            "ویزیت|آزمایش|تصویربرداری|جراحی کوچک|جراحی بزرگ|توانبخشی|سلامت روان|دندانپزشکی|اورژانس|بستری|پاتولوژی|بیهوشی"
        )
        words.procedures = list(
            "ویزیت|رادیوگرافی|سونوگرافی|سی‌تی اسکن|ام آر آی|بیوپسی|پونکسیون|کشت|آندوسکوپی|برداشتن|ترمیم|تخلیه|توانبخشی|اندازه‌گیری|پانسمان|تزریق|اکسپلور|پیوند|بررسی|معاینه"
        )
        words.sites = list(
            "لگن|زانو|شانه|ستون فقرات|جمجمه|قفسه سینه|شکم|کبد|کلیه|قلب|ریه|تیروئید|پستان|پروستات|تخمدان|مثانه|معده|روده|مری|چشم|گوش|بینی|گلو|پوست|دست|پا|مچ پا|مچ دست|آرنج|فک|دندان|لوزالمعده|طحال|رحم|مغز استخوان|شریان|ورید|عصب|تاندون|غده لنفی"
        )
        words.manners = list(
            "ساده|دوطرفه|با ماده حاجب|سرپایی|اورژانسی|کودکان|هدایت شده|کنترل|لاپاراسکوپی|وسیع|مقایسه‌ای|در منزل|با آرام‌بخشی|کمکی|ناقص|کامل|پیشگیری|تأخیری|پس از عمل|ویژه|عملکردی|پویا|انتخابی|مکرر|ترکیبی"
        )
        words.forms = [
            ("قرص", "خوراکی", "mg"), ("کپسول", "خوراکی", "mg"), ("شربت", "خوراکی", "ml"),
            ("آمپول", "وریدی", "ml"), ("کرم", "موضعی", "g"), ("قطره چشمی", "چشمی", "ml"),
            ("شیاف", "مقعدی", "mg"), ("اسپری", "استنشاقی", "mcg"),
        ]
        words.laboratories = list(
            "داروسازی نوبهار|شیمی چشمه|داروسازی کوهسار|زیست مهر|داروسازی سپیده|فرآورده لاله|داروسازی آفتاب نو|شفا شیمی|داروسازی پگاه|زرین دارو"
        )
        words.packWord = "بسته"
        words.equipment = [
            ("مانیتور علائم حیاتی", "پایش"), ("ونتیلاتور", "حیاتی"),
            ("سونوگرافی قابل حمل", "تصویر"),
            ("دفیبریلاتور", "حیاتی"), ("پمپ تزریق", "تزریق"), ("اتوکلاو", "سترون"),
            ("انکوباتور نوزاد", "نوزادان"), ("دستگاه پرتو ایکس", "تصویر"),
        ]
        words.professions = [
            Profession(
                name: "پزشک",
                specialties: list(
                    "داخلی|کودکان|جراحی عمومی|قلب|روانپزشکی|مغز و اعصاب|ارتوپدی|زنان|بیهوشی|رادیولوژی"
                )),
            Profession(name: "پرستار", specialties: list("مراقبت ویژه|دیالیز")),
            Profession(name: "ماما", specialties: []),
            Profession(name: "فیزیوتراپیست", specialties: []),
            Profession(name: "دندانپزشک", specialties: list("ارتودنسی|اندو")),
            Profession(name: "داروساز", specialties: []),
        ]
        words.roles = list("پزشک معالج|مسئول فنی|کشیک|مشاور|هیئت علمی")
        words.suspensions = list("رأی هیئت انتظامی|عدم تمدید|تخلف حرفه‌ای")
        words.languages = list("fa|az|ku|ar|en")
        words.tiers = list("همگانی|روستاییان|کارکنان|سایر اقشار")
        words.plans = list("پایه|پایه و تکمیلی")
        words.relationships = list("بیمه شده اصلی|تبعی")
        words.box = (27_500, 38_000, 46_500, 60_000)
        return words
    }()
}
