internal import RegistryModel

/// Column names of registers that are recognised, in English, Spanish, French and Persian.
///
/// A row names the canonical column and what others call it; case, accents, blanks, hyphens and
/// underscores do not count. Of several columns that mean the same the first one counts.
enum EntryColumnNames {
    /// The canonical column that a register's name stands for, by the name's key.
    static func table(of kind: CatalogKind) -> [String: String] {
        var names: [String: String] = [:]
        for (column, list) in rows(kind) + common {
            for name in list.split(separator: ",") {
                let key = ColumnNames.key(of: String(name))
                if names[key] == nil { names[key] = column }
            }
        }
        return names
    }

    private static func rows(_ kind: CatalogKind) -> [(String, String)] {
        switch kind {
        case .place: places
        case .facility: facilities
        case .provider: providers
        case .service: services
        case .drug: drugs
        case .coverage: coverage
        }
    }

    private static let common: [(String, String)] = [
        ("code", "codigo,code,cod,id,identificador,identifiant,identifier,کد,شناسه,key,clave"),
        (
            "valid_from",
            "valid from,vigencia desde,vigente desde,desde,inicio vigencia,fecha inicio vigencia,"
                + "fecha desde,date debut,date de debut,debut validite,date debut validite,"
                + "debut de validite,effective from,effective date,start date,از تاریخ,تاریخ شروع,"
                + "شروع اعتبار"
        ),
        (
            "valid_to",
            "valid to,valid until,valid through,vigencia hasta,vigente hasta,hasta,fin vigencia,"
                + "fecha fin vigencia,fecha termino vigencia,fecha hasta,date fin,date de fin,"
                + "fin validite,date fin validite,fin de validite,effective to,end date,expiry date,"
                + "تا تاریخ,تاریخ پایان,پایان اعتبار"
        ),
        (
            "name.es",
            "nombre,nombre oficial,denominacion,descripcion,glosa,nombre completo,nombre corto"
        ),
        ("name.fr", "nom,libelle,denomination,intitule,libelle long"),
        ("name.fa", "نام,عنوان,نام فارسی,شرح"),
        ("name.en", "english name,name en,نام انگلیسی,nombre ingles,nom anglais"),
        ("name", "name,title,label,description,display,display name,official name"),
        (
            "alias",
            "aliases,other name,other names,otros nombres,nombre alternativo,sigla,autre nom,"
                + "nom court,short name,نام دیگر,نام مستعار"
        ),
        ("status", "estado,situacion,condicion,statut,etat,state,وضعیت"),
        (
            "parent",
            "parent code,codigo padre,codigo superior,code parent,code superieur,کد والد,والد"
        ),
        ("replaced_by", "reemplazado por,remplace par,superseded by,جایگزین"),
        ("type", "tipo,clase,categoria,categorie,kind,class,category,نوع"),
        ("latitude", "lat,latitud,y,عرض جغرافیایی"),
        ("longitude", "lon,lng,long,longitud,x,طول جغرافیایی"),
        ("currency", "moneda,devise,monnaie,واحد پول,ارز"),
    ]

    private static let places: [(String, String)] = [
        (
            "code",
            "ubigeo,codigo comuna,cod comuna,codigo ubigeo,code commune,code insee,code officiel,"
                + "place code,cut,کد شهر,کد تقسیمات"
        ),
        ("name.es", "comuna,distrito,nombre comuna,nombre distrito"),
        ("name.fr", "commune,nom commune,libelle commune"),
        ("name.fa", "شهر,نام شهر"),
        (
            "parent",
            "codigo provincia,codigo region,codigo departamento,code departement,code region"
        ),
        ("boundary", "limites,limite,geometry,geojson,contour,مرز"),
        ("id.pe-ubigeo-inei", "ubigeo inei,inei"),
        ("id.pe-ubigeo-reniec", "ubigeo reniec,reniec"),
        ("id.pe-ubigeo-sunat", "ubigeo sunat,sunat"),
    ]

    private static let facilities: [(String, String)] = [
        (
            "code",
            "codigo establecimiento,cod establecimiento,codigo vigente,codigo nuevo,codigo deis,"
                + "codigo unico,cod ipress,codigo ipress,codigo renipress,renipress,facility code,"
                + "facility id,code etablissement,finess,numero finess,no finess et,nofinesset,"
                + "کد مرکز,کد موسسه,شناسه مرکز"
        ),
        (
            "name.es",
            "nombre establecimiento,nombre del establecimiento,establecimiento,"
                + "nombre oficial establecimiento,nombre ipress"
        ),
        ("name.fr", "raison sociale,rs,nom etablissement,etablissement"),
        ("name.fa", "نام مرکز,نام موسسه,نام بیمارستان"),
        ("name", "facility name,facility,hospital name"),
        (
            "legal_name",
            "razon social,nombre legal,raison sociale longue,rslongue,legal name,نام حقوقی"
        ),
        (
            "type",
            "tipo establecimiento,tipo de establecimiento,clasificacion,categorie etablissement,"
                + "facility type,libcategetab,نوع مرکز"
        ),
        (
            "level",
            "nivel,nivel de atencion,nivel atencion,categoria,niveau,level of care,سطح"
        ),
        ("complexity", "complejidad,nivel de complejidad,complexite,سطح پیچیدگی"),
        (
            "ownership",
            "dependencia,dependencia administrativa,institucion,propiedad,statut juridique,"
                + "propriete,owner,ownership type,مالکیت,وابستگی"
        ),
        (
            "opened",
            "fecha apertura,fecha inicio actividad,inicio de actividad,fecha de apertura,"
                + "fecha inicio funcionamiento,date ouverture,date d ouverture,opening date,"
                + "opened on,تاریخ افتتاح,تاریخ تاسیس"
        ),
        (
            "closed",
            "fecha cierre,fecha de cierre,date fermeture,date de fermeture,closing date,closed on,"
                + "تاریخ تعطیلی"
        ),
        ("merged_into", "fusionado en,fusionne avec,merged into,ادغام در"),
        (
            "parent.administrative",
            "codigo dependencia,establecimiento padre,parent facility,etablissement de rattachement"
        ),
        ("parent.network", "red,codigo red,microrred,reseau,network,care network,شبکه"),
        ("parent.legal", "entite juridique,nofinessej,legal entity,persona juridica"),
        (
            "place",
            "ubigeo,codigo comuna,code commune,code insee,place code,کد شهر"
        ),
        ("address", "direccion,domicilio,adresse,street address,street,آدرس,نشانی"),
        (
            "municipality",
            "comuna,nombre comuna,distrito,municipio,ciudad,commune,ville,city,town,شهر,شهرستان"
        ),
        ("postal_code", "codigo postal,code postal,postcode,zip,zip code,کد پستی"),
        ("phone", "telefono,fono,telephone,phone number,tel,تلفن,شماره تلفن"),
        ("email", "correo,correo electronico,courriel,e mail,mail,ایمیل"),
        ("website", "sitio web,pagina web,site web,web,url,وب سایت"),
        ("opening_hours", "horario,horario de atencion,horaires,hours,ساعات کار"),
        ("service", "servicios,prestaciones,services,خدمات"),
        ("beds.total", "camas,numero camas,total camas,lits,nombre de lits,beds,تعداد تخت,تخت"),
        ("id.pe-ruc", "ruc"), ("id.fr-siren", "siren"), ("id.ir-siam", "سیام,کد سیام,siam"),
    ]

    private static let providers: [(String, String)] = [
        (
            "code",
            "local id,rnpi,registro,numero de registro,registry number,cmp,colegiatura,"
                + "numero colegiatura,rpps,numero rpps,identifiant pp,council number,"
                + "شماره نظام پزشکی,نظام پزشکی"
        ),
        ("profession", "profesion,titulo,professions,metier,شغل,حرفه"),
        ("specialty", "especialidad,specialite,speciality,savoir faire,تخصص"),
        ("licence", "license,licencia,colegiacion,autorisation d exercice,پروانه"),
        ("suspension", "suspensiones,sanciones,sanctions,تعلیق"),
        ("affiliation", "afiliaciones,lugar de trabajo,activites,affiliations,محل کار"),
        ("language", "idioma,idiomas,langue,langues,languages,زبان"),
    ]

    private static let services: [(String, String)] = [
        (
            "code",
            "codigo prestacion,cod prestacion,codigo fonasa,codigo cpms,cpms,cpt,code acte,"
                + "code ccam,code nabm,service code,procedure code,کد خدمت,کد ملی خدمت"
        ),
        ("name.es", "prestacion,nombre prestacion,procedimiento,denominacion del procedimiento"),
        ("name.fr", "acte,libelle acte"), ("name.fa", "نام خدمت,شرح خدمت,خدمت"),
        ("name", "service,service name,procedure"),
        ("system", "sistema,codificacion,systeme,nomenclature,code system,سیستم"),
        ("version", "edicion,edition,release,نسخه,ویرایش"),
        ("group", "grupo,subgrupo,seccion,groupe,chapitre,chapter,section,گروه"),
        (
            "tariff",
            "tarifa,arancel,valor,precio,tarif,prix,price,تعرفه,قیمت"
        ),
        (
            "relative_value",
            "valor relativo,coeficiente,uvr,coefficient,rvu,ارزش نسبی,ضریب"
        ),
    ]

    private static let drugs: [(String, String)] = [
        (
            "code",
            "codigo producto,registro sanitario,registro isp,codigo isp,numero registro,cis,"
                + "code cis,drug code,product code,irc,کد فرآورده,کد دارو"
        ),
        ("name.es", "producto,medicamento,nombre producto,nombre comercial,descripcion"),
        ("name.fr", "denomination du medicament,specialite,medicament"),
        ("name.fa", "نام دارو,نام فرآورده"), ("name", "product name,drug name,brand,brand name"),
        ("product", "tipo producto,type produit,product type,نوع فرآورده"),
        ("level", "nivel,niveau"),
        (
            "inn",
            "dci,denominacion comun internacional,principio activo,principios activos,"
                + "substance active,substances actives,generic name,active substance,نام ژنریک,"
                + "ماده موثره"
        ),
        ("atc", "codigo atc,code atc,atc code,کد atc"),
        ("ingredient", "composicion,ingredientes,composition,ingredients,ترکیب"),
        (
            "form",
            "forma,forma farmaceutica,forme,forme pharmaceutique,dosage form,شکل دارویی"
        ),
        (
            "route",
            "via,via de administracion,voie,voies d administration,voie d administration,"
                + "route of administration,راه مصرف"
        ),
        ("pack_amount", "cantidad envase,unidades por envase,quantite,pack size,تعداد در بسته"),
        ("pack_unit", "unidad envase,unite,واحد بسته"),
        (
            "generic_group",
            "grupo generico,groupe generique,identifiant du groupe generique,equivalence group"
        ),
        ("generic_role", "tipo generico,type de generique,generic role"),
        (
            "holder",
            "titular,laboratorio,fabricante,titulaire,laboratoire,fabricant,manufacturer,"
                + "marketing authorisation holder,شرکت,تولید کننده,صاحب پروانه"
        ),
        ("equipment_class", "clase de equipo,clase equipo,classe d equipement,کلاس تجهیزات"),
        ("price", "precio,prix,قیمت"),
        (
            "reimbursement",
            "reembolso,cobertura,taux de remboursement,remboursement,درصد پوشش"
        ),
        ("prescription", "condicion de venta,conditions de prescription,شرایط تجویز"),
        ("id.gs1-gtin", "gtin,ean,ean13,codigo de barras,code barres,barcode,بارکد"),
        ("id.fr-cip13", "cip13,code cip13"), ("id.ir-irc", "کد irc"),
    ]

    private static let coverage: [(String, String)] = [
        (
            "code",
            "member id,member,numero afiliado,afiliado,beneficiario,run,rut,dni,nir,"
                + "documento,numero documento,numero assure,numero de securite sociale,کد ملی,"
                + "شماره بیمه"
        ),
        ("plan", "plan de salud,tipo plan,contrat,formule,plan name,طرح,صندوق"),
        ("tier", "tramo,tramo fonasa,nivel,regime,grupo,رده"),
        ("policy", "poliza,numero poliza,numero de contrat,contract,policy number,شماره بیمه نامه"),
        (
            "relationship",
            "parentesco,relacion,tipo beneficiario,lien,qualite,relation,نسبت"
        ),
        ("holder", "titular,rut titular,titulaire,subscriber,assure,سرپرست,بیمه شده اصلی"),
    ]
}
