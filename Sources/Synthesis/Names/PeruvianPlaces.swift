/// Districts and streets of Peru.
///
/// A district's fields: name, region (north, Lima and centre, south), INEI ubigeo, postal code,
/// thousands of inhabitants.
enum PeruvianPlaces {
    static let districts = """
        Piura|0|200101|20001|158
        Castilla|0|200104|20002|160
        Sullana|0|200601|20101|169
        Paita|0|200501|20701|87
        Catacaos|0|200105|20150|75
        Chulucanas|0|200401|20301|82
        Talara|0|200701|20801|91
        Tumbes|0|240101|24001|102
        Chiclayo|0|140101|14001|270
        José Leonardo Ortiz|0|140105|14002|156
        La Victoria de Chiclayo|0|140106|14008|90
        Lambayeque|0|140301|14013|71
        Ferreñafe|0|140201|14301|35
        Trujillo|0|130101|13001|314
        La Esperanza|0|130105|13013|189
        El Porvenir|0|130102|13003|225
        Víctor Larco Herrera|0|130111|13009|68
        Chimbote|0|021801|02801|206
        Nuevo Chimbote|0|021809|02712|159
        Huaraz|0|020101|02001|65
        Cajamarca|0|060101|06001|218
        Jaén|0|060801|06801|101
        Chota|0|060401|06121|48
        Bagua|0|010201|01721|28
        Tarapoto|0|220901|22202|78
        Moyobamba|0|220101|22001|62
        Iquitos|0|160101|16001|146
        San Juan Bautista|0|160113|16008|127
        Lima|1|150101|15001|268
        San Juan de Lurigancho|1|150132|15401|1038
        San Martín de Porres|1|150135|15101|654
        Ate|1|150103|15487|599
        Comas|1|150110|15311|520
        Villa El Salvador|1|150142|15831|393
        Villa María del Triunfo|1|150143|15811|398
        San Juan de Miraflores|1|150133|15801|355
        Carabayllo|1|150106|15318|333
        Puente Piedra|1|150125|15118|329
        Los Olivos|1|150117|15301|325
        Santiago de Surco|1|150140|15038|329
        Chorrillos|1|150108|15054|314
        Lurigancho|1|150118|15461|240
        Independencia|1|150112|15311|211
        El Agustino|1|150111|15006|198
        La Victoria|1|150115|15018|173
        Santa Anita|1|150137|15007|196
        Rímac|1|150128|15093|174
        San Miguel|1|150136|15086|155
        La Molina|1|150114|15024|140
        Miraflores|1|150122|15074|99
        Callao|1|070101|07001|451
        Ventanilla|1|070106|07046|315
        Huacho|1|150801|15135|63
        Cañete|1|150501|15701|47
        Huancayo|1|120101|12001|119
        El Tambo|1|120114|12006|166
        Chilca|1|120107|12003|91
        Huánuco|1|100101|10001|88
        Pucallpa|1|250101|25001|211
        Ayacucho|2|050101|05001|99
        Carmen Alto|2|050104|05002|28
        Huancavelica|2|090101|09001|49
        Ica|2|110101|11001|150
        Chincha Alta|2|110201|11702|65
        Pisco|2|110501|11601|61
        Abancay|2|030101|03001|72
        Andahuaylas|2|030201|03701|42
        Cusco|2|080101|08002|114
        Santiago|2|080106|08003|94
        San Sebastián|2|080105|08006|112
        Sicuani|2|080601|08258|55
        Arequipa|2|040101|04001|55
        Cerro Colorado|2|040104|04014|198
        Paucarpata|2|040112|04008|131
        Cayma|2|040103|04018|91
        Moquegua|2|180101|18001|69
        Ilo|2|180301|18601|66
        Tacna|2|230101|23001|80
        Gregorio Albarracín|2|230110|23003|110
        Puno|2|210101|21001|135
        Juliaca|2|211101|21101|228
        Ilave|2|210501|21501|46
        Puerto Maldonado|2|170101|17001|85
        """

    static let streets = """
        Avenida |Arequipa Brasil Javier_Prado La_Marina Universitaria Túpac_Amaru Abancay Grau Bolognesi Tacna Alfonso_Ugarte Venezuela Colonial Faucett Canadá Aviación Angamos Benavides Larco Pardo Salaverry Argentina México Perú Los_Próceres Wiesse Canto_Grande El_Sol La_Cultura Ejército Independencia Mariscal_Castilla España Balta Sánchez_Cerro Loreto Gulman César_Vallejo América_Norte América_Sur Mansiche Pachacútec Huaylas Los_Héroes San_Juan Salvador_Allende Separadora_Industrial Las_Flores Chimú Próceres
        Jirón |Junín Ayacucho Puno Cusco Huancavelica Moquegua Ica Callao Camaná Carabaya Lampa Azángaro Áncash Amazonas Cailloma Rufino_Torrico Chancay Cañete Washington Quilca Zepita Zorritos Huánuco Andahuaylas Paruro Ucayali Huallaga Miró_Quesada Cajamarca Libertad Lima Tarapacá Bolívar Sucre Arica Deustua Progreso San_Martín Real Cahuide Manco_Cápac Atahualpa Huáscar Ollanta Pizarro Gamarra Orbegoso Independencia Estete Almagro Zela
        Calle |Los_Rosales Las_Orquídeas Los_Geranios Las_Begonias Los_Claveles Los_Cedros Los_Pinos Los_Álamos Las_Palmeras Los_Sauces Los_Eucaliptos Las_Gardenias Los_Jazmines Las_Dalias Los_Tulipanes Los_Laureles Las_Magnolias Los_Girasoles Las_Violetas Santa_Catalina San_Agustín Mercaderes Bolívar Piérola Rivero Peral Melgar Ugarte Sucre San_Francisco Álvarez_Thomas Puente_Grau Marquez Saphi Plateros Procuradores Tigre Teatro Ayacucho Tacna Lima Huancavelica Apurímac Cuzco Comercio San_José Elías_Aguirre Manuel_María_Izaga Vicente_de_la_Vega Alfredo_Lapoint Torres_Paz
        Pasaje |Los_Ángeles San_Pedro San_Antonio Santa_Rosa San_Martín Bolognesi Grau Olaya Quiñones El_Carmen La_Unión Los_Jardines Primavera Las_Flores El_Porvenir San_Carlos Miraflores Progreso
        Urbanización |Santa_Victoria San_Andrés El_Golf La_Merced Primavera Palermo Las_Quintanas San_Felipe Santa_Margarita Miraflores Los_Ficus Piura Ignacio_Merino Magisterial Ttio Marcavalle Santa_Mónica Bancopata
        Asentamiento Humano |Nueva_Esperanza San_Martín Santa_Rosa Los_Algarrobos Villa_María El_Indio Nuevo_Horizonte San_Pedro Micaela_Bastidas Túpac_Amaru Villa_Los_Andes Señor_de_los_Milagros Las_Malvinas Alto_Trujillo
        """
}
