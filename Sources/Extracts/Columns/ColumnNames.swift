import Identity

/// The column names that are recognised, in English, Spanish, French, German and Persian.
enum ColumnNames {
    /// The meaning of a header's name; case, accents, blanks, hyphens and underscores do not count.
    static func meaning(of name: String) -> ColumnMeaning? {
        let plain = name.lowercased()
        if plain.hasPrefix("id."), let meaning = ColumnMeaning(name: plain) { return meaning }
        return byKey[key(of: name)]
    }

    /// The meaning of words without the blanks between them, in their order or in the alphabet's.
    static func meaning(ofKey key: String) -> ColumnMeaning? { byKey[key] ?? bySortedWords[key] }

    /// The form in which names are compared.
    static func key(of name: String) -> String {
        NameFolding.folded(name).filter { $0 != " " }
    }

    private static let byKey: [String: ColumnMeaning] = {
        var names: [String: ColumnMeaning] = [:]
        for (meaning, list) in table {
            // Where several rows mean one thing, its canonical name is in the first one's list.
            if !["national_id", "full_name"].contains(meaning.name) {
                names[key(of: meaning.name)] = meaning
            }
            for name in list.split(separator: ",") { names[key(of: String(name))] = meaning }
        }
        return names
    }()

    private static let bySortedWords: [String: ColumnMeaning] = {
        var names: [String: ColumnMeaning] = [:]
        for (meaning, list) in table {
            for name in list.split(separator: ",") {
                let words = HeaderWords(String(name)).tellingWords
                guard words.count > 1 else { continue }
                names[words.joined()] = meaning
                names[words.sorted().joined()] = meaning
            }
        }
        return names
    }()

    private static let table: [(ColumnMeaning, String)] = [
        (
            .recordID,
            "record id,rec_id,recordid,row id,id,unique id,id registro,registro,"
                + "identifiant,شناسه,شناسه رکورد,datensatz id,datensatznummer,lfd nr"
        ),
        (
            .source,
            "source system,data source,src,fuente,origen,sistema,source de donnees,منبع,"
                + "quelle,quellsystem"
        ),
        (
            .localID,
            "local identifier,mrn,medical record number,patient id,patient number,"
                + "historia clinica,numero historia clinica,nhc,ficha,ficha clinica,id paciente,ipp,"
                + "numero patient,numero dossier,شماره پرونده,patientennummer,patienten id"
        ),
        (
            .recordedAt,
            "recorded,updated at,last updated,timestamp,fecha registro,"
                + "fecha actualizacion,date enregistrement,تاریخ ثبت"
        ),
        (
            .nationalID(authority: ""),
            "national_id,national identifier,national id number,nin,"
                + "uganda_nin,soc_sec_id,social security number,ssn,nid,dni,documento,"
                + "numero documento,nro documento,cedula,identificacion,numero identificacion,versichertennummer,"
                + "krankenversichertennummer,kvnr,sozialversicherungsnummer,ausweisnummer,"
                + "national code,national number,identity number,id number,id card number,citizen id,"
                + "personal number,personal id,social security no,numero identidad,"
                + "numero de identidad,documento identidad,documento de identidad"
        ),
        (.nationalID(authority: "cl-run"), "run,rut"),
        (.nationalID(authority: "fr-ins-nir"), "nir,ins,matricule ins,numero securite sociale"),
        (.nationalID(authority: "ir-nid"), "کد ملی,شماره ملی,code melli"),
        (.nationalID(authority: "br-cpf"), "cpf"),
        (.nationalID(authority: "gb-nhs"), "nhs number,nhs no,nhs"),
        (
            .fullName(surnames: 1),
            "full_name,fullname,patient name,person name,nom complet,prenom nom,prenom et nom,"
                + "vor und nachname,vorname nachname,"
                + "vollstandiger name,نام و نام خانوادگی,نام کامل"
        ),
        (
            .fullName(surnames: 1, isFamilyFirst: true),
            "nom et prenom,nom et prenoms,nom prenom,nom prenoms,name vorname,nachname vorname,"
                + "surname and given name,last name first name,نام خانوادگی و نام"
        ),
        (
            .fullName(surnames: 2),
            "nombre completo,nombre y apellido,nombre y apellidos,nombres y apellidos,"
                + "nombre apellidos,nombre paciente,nombre del paciente"
        ),
        (
            .fullName(surnames: 2, isFamilyFirst: true),
            "apellidos y nombre,apellidos y nombres,apellidos nombre,apellidos nombres,"
                + "apellido y nombre,apellido nombre"
        ),
        (.nationalIDAuthority, "id authority,id type,tipo documento,type identifiant"),
        (
            .field(.given),
            "given name,given names,first name,firstname,fname,forename,forenames,"
                + "middle name,nombre,nombres,primer nombre,segundo nombre,prenom,prenoms,"
                + "prenoms de naissance,prenom naissance,نام,vorname,vornamen,given name 1,given name 2,"
                + "fname c1,fname c2"
        ),
        (
            .field(.family),
            "surname,last name,lastname,lname,family name,first surname,birth name,"
                + "apellido,apellidos,apellido paterno,primer apellido,paterno,nom,nom de naissance,"
                + "nom naissance,nom de famille,نام خانوادگی,فامیل,فامیلی,nachname,familienname,geburtsname,"
                + "maiden name,name at birth,apellido soltera,apellido de soltera,nom jeune fille,"
                + "nom de jeune fille,lname c1"
        ),
        (
            .field(.mothersFamily),
            "mothers family name,mothers surname,second surname,"
                + "maternal surname,apellido materno,segundo apellido,materno"
        ),
        (
            .field(.usedFamily),
            "used name,married name,married surname,apellido casada,"
                + "apellido de casada,nom utilise,nom d usage,nom usage,nom marital,ehename"
        ),
        (
            .furtherName(.socialGiven),
            "social name,preferred name,preferred given name,preferred first name,known as,"
                + "nombre social,nombre de uso,prenom usuel,prenom d usage,prenom usage,"
                + "prenom utilise,rufname,نام مستعار"
        ),
        (
            .furtherName(.formerGiven),
            "former given name,former first name,previous given name,previous first name,"
                + "nombre anterior,nombres anteriores,ancien prenom,prenom precedent,"
                + "fruherer vorname,نام قبلی,نام سابق"
        ),
        (
            .furtherName(.formerFamily),
            "former family name,former surname,former last name,former name,previous surname,"
                + "previous family name,previous last name,apellido anterior,apellidos anteriores,"
                + "ancien nom,ancien nom de famille,nom precedent,fruherer name,"
                + "fruherer nachname,نام خانوادگی قبلی,نام خانوادگی سابق"
        ),
        (.field(.sex), "gender,sexo,genero,sexe,genre,geschlecht,جنسیت,جنس"),
        (
            .field(.birthDate),
            "date of birth,dob,birthdate,birthday,fecha nacimiento,"
                + "fecha de nacimiento,fec nac,date de naissance,date naissance,تاریخ تولد,geburtsdatum,"
                + "geb datum,fecha nac,fnac"
        ),
        (
            .field(.birthPlace),
            "place of birth,lugar nacimiento,lugar de nacimiento,"
                + "lieu de naissance,lieu naissance,cog naissance,محل تولد,geburtsort"
        ),
        (
            .field(.phone),
            "phone number,telephone,telephone number,mobile,mobile phone,"
                + "cell phone,telefono,celular,movil,telefono movil,telephone mobile,portable,"
                + "تلفن,موبایل,تلفن همراه,شماره تلفن,telefon,telefonnummer,handy,mobiltelefon"
        ),
        (
            .field(.email),
            "e mail,email address,mail,email adresse,correo,correo electronico,courriel,"
                + "adresse email,ایمیل"
        ),
        (
            .field(.address),
            "street address,street number,street,address 1,address 2,address line 1,"
                + "address line 2,direccion,domicilio,calle,adresse,rue,numero de rue,آدرس,نشانی,strasse,"
                + "anschrift,hausnummer,house number,numero calle,numero casa"
        ),
        (
            .field(.municipality),
            "city,town,suburb,comuna,municipio,distrito,ciudad,localidad,"
                + "commune,ville,شهر,شهرستان,ort,wohnort,stadt,locality"
        ),
        (
            .field(.postalCode),
            "postcode,post code,zip,zip code,zipcode,codigo postal,code postal,"
                + "کد پستی,plz,postleitzahl"
        ),
        (
            .field(.motherGiven),
            "mother given name,mothers given name,mothers first name,"
                + "nombre madre,nombre de la madre,prenom mere,prenom de la mere,نام مادر,vorname mutter"
        ),
        (
            .field(.fatherGiven),
            "father given name,fathers given name,fathers first name,"
                + "nombre padre,nombre del padre,prenom pere,prenom du pere,نام پدر,vorname vater"
        ),
        (.field(.birthOrder), "multiple birth order,orden nacimiento,rang de naissance"),
        (
            .field(.deceasedDate),
            "date of death,death date,dod,fecha defuncion,"
                + "fecha de defuncion,fecha fallecimiento,date de deces,date deces,تاریخ فوت"
        ),
        (
            .field(.insurer),
            "insurance,prevision,aseguradora,seguro,assureur,mutuelle,بیمه,"
                + "سازمان بیمه گر"
        ),
    ]
}
