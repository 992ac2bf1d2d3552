/// Municipalities and streets of Chile.
///
/// A municipality's fields: name, region (north, centre, south), code of the Subsecretaría de
/// Desarrollo Regional, postal code, thousands of inhabitants.
enum ChileanPlaces {
    static let municipalities = """
        Arica|0|15101|1000000|242
        Iquique|0|01101|1100000|211
        Alto Hospicio|0|01107|1130000|125
        Pozo Almonte|0|01401|1180000|17
        Antofagasta|0|02101|1240000|402
        Calama|0|02201|1390000|182
        Tocopilla|0|02301|1340000|27
        Mejillones|0|02102|1310000|14
        Copiapó|0|03101|1530000|168
        Vallenar|0|03301|1610000|56
        Caldera|0|03102|1570000|19
        La Serena|0|04101|1700000|250
        Coquimbo|0|04102|1780000|257
        Ovalle|0|04301|1840000|122
        Illapel|0|04201|1930000|32
        Vicuña|0|04106|1760000|29
        Monte Patria|0|04303|1880000|32
        Valparaíso|1|05101|2340000|310
        Viña del Mar|1|05109|2520000|352
        Quilpué|1|05801|2430000|167
        Villa Alemana|1|05804|2490000|138
        San Antonio|1|05601|2660000|98
        Quillota|1|05501|2260000|97
        San Felipe|1|05701|2170000|81
        Los Andes|1|05301|2100000|70
        Concón|1|05103|2510000|45
        Santiago|1|13101|8320000|485
        Puente Alto|1|13201|8150000|629
        Maipú|1|13119|9250000|576
        La Florida|1|13110|8240000|398
        San Bernardo|1|13401|8050000|330
        Las Condes|1|13114|7550000|325
        Peñalolén|1|13122|7910000|263
        Quilicura|1|13125|8700000|248
        Pudahuel|1|13124|9020000|250
        Ñuñoa|1|13120|7750000|244
        La Pintana|1|13112|8820000|187
        El Bosque|1|13105|8010000|171
        Recoleta|1|13127|8420000|185
        Estación Central|1|13106|9160000|202
        Cerro Navia|1|13103|9080000|140
        Renca|1|13128|8640000|156
        Providencia|1|13123|7500000|154
        La Granja|1|13111|8780000|122
        Conchalí|1|13104|8540000|136
        Macul|1|13118|7810000|131
        Colina|1|13301|9340000|173
        Lo Espejo|1|13116|9120000|103
        Melipilla|1|13501|9580000|141
        Rancagua|1|06101|2820000|263
        San Fernando|1|06301|3070000|78
        Rengo|1|06115|2940000|62
        Machalí|1|06108|2910000|58
        Talca|2|07101|3460000|233
        Curicó|2|07301|3340000|163
        Linares|2|07401|3580000|98
        Constitución|2|07102|3560000|48
        Cauquenes|2|07201|3690000|42
        Chillán|2|16101|3780000|198
        San Carlos|2|16301|3840000|56
        Concepción|2|08101|4030000|234
        Talcahuano|2|08110|4260000|157
        Los Ángeles|2|08301|4440000|218
        Coronel|2|08102|4190000|125
        San Pedro de la Paz|2|08108|4130000|143
        Chiguayante|2|08103|4100000|91
        Hualpén|2|08112|4600000|94
        Tomé|2|08111|4160000|57
        Lota|2|08106|4210000|44
        Temuco|2|09101|4780000|302
        Padre Las Casas|2|09112|4850000|81
        Villarrica|2|09120|4930000|59
        Angol|2|09201|4650000|56
        Victoria|2|09211|4720000|35
        Nueva Imperial|2|09111|4880000|34
        Valdivia|2|14101|5090000|177
        La Unión|2|14201|5220000|39
        Puerto Montt|2|10101|5480000|269
        Osorno|2|10301|5290000|173
        Castro|2|10201|5700000|47
        Ancud|2|10202|5710000|41
        Puerto Varas|2|10109|5550000|48
        Coyhaique|2|11101|5950000|61
        Punta Arenas|2|12101|6200000|142
        Puerto Natales|2|12401|6160000|24
        """

    static let streets = """
        Avenida |O'Higgins Arturo_Prat Balmaceda Pedro_Montt Argentina Brasil España Alemania Francia Libertad San_Martín Colón Matta Grecia Irarrázaval Vicuña_Mackenna Pedro_de_Valdivia Apoquindo Américo_Vespucio La_Florida Las_Torres Los_Pajaritos Recoleta Independencia Santa_Rosa Gran_Avenida Circunvalación Costanera Diego_Portales Manuel_Rodríguez Los_Carrera Las_Industrias Presidente_Ibáñez La_Marina El_Salto
        Calle |Arturo_Prat Los_Aromos Esmeralda Freire Serrano Sotomayor Baquedano Bulnes Errázuriz Manuel_Montt Condell Latorre Maipú Rengo Lautaro Caupolicán Colo_Colo Tucapel Galvarino Angamos Chacabuco Rancagua Carrera Cochrane Blanco Lord_Cochrane Zenteno Barros_Arana Aníbal_Pinto Castellón Orompello Salas Ongolmo Janequeo Thompson Bolívar Sucre Washington Riquelme Eleuterio_Ramírez Orella Ejército Santo_Domingo Rosas Agustinas Huérfanos Compañía Merced Monjitas Catedral San_Pablo San_Diego Nataniel_Cox Lira Portugal Gabriela_Mistral Pablo_Neruda Vicente_Huidobro
        |Los_Aromos Los_Alerces Los_Copihues Las_Rosas Las_Camelias Los_Boldos El_Roble Los_Robles Los_Pinos El_Peumo Las_Araucarias Los_Notros Los_Coihues El_Quillay Los_Maitenes Los_Canelos Las_Violetas Los_Cerezos Los_Almendros Los_Naranjos Los_Olivos El_Manzano Los_Castaños Las_Acacias Los_Tilos Los_Cipreses Los_Eucaliptos Los_Espinos Los_Laureles La_Paloma Los_Cóndores Las_Gaviotas Los_Zorzales Las_Golondrinas El_Chucao Los_Flamencos Volcán_Osorno Volcán_Villarrica Río_Bueno Río_Cautín Río_Loa Río_Maipo Río_Elqui Lago_Ranco Lago_Llanquihue Isla_Mocha Isla_Picton Punta_Arenas Puerto_Aysén Monte_Grande Cerro_Moreno Cerro_Castillo Padre_Hurtado Teniente_Merino Sargento_Aldea Capitán_Ávalos
        Pasaje |Uno Dos Tres Cuatro Cinco Seis Siete Ocho Nueve Diez El_Copihue La_Araucaria El_Boldo El_Litre La_Luna El_Sol Las_Estrellas Marte Júpiter Saturno Neptuno Orión Andrómeda La_Dalia El_Clavel La_Azucena El_Jazmín La_Violeta Los_Lirios El_Aromo El_Ciprés Quebec Montreal Lisboa Roma Viena Praga Atenas Madrid Sevilla Granada Toledo Valencia Bilbao La_Habana Caracas Quito Lima Cuzco Arequipa Guayaquil Petorca Putaendo Rapel Lebu Arauco Mulchén Traiguén Lonquimay Pucón Futrono
        Villa |Los_Héroes Las_Américas El_Bosque Los_Presidentes Frei Portales San_Pedro Los_Jardines El_Parque Las_Palmas Santa_Elena Los_Fundadores Primavera La_Reina Bicentenario
        Población |San_José Santa_Teresa El_Esfuerzo La_Victoria Lo_Hermida Nueva_Aurora Los_Nogales O'Higgins José_María_Caro El_Pinar Arturo_Prat
        Camino |a_Melipilla Lo_Echevers El_Volcán a_Farellones Viejo La_Pólvora Internacional a_Chillán a_Niebla Real
        """
}
