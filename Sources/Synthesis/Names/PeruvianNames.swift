/// Names of people in Peru, the commonest first; given names by era of birth:
/// before 1950, 1950 to 1974, 1975 to 1995, since.
enum PeruvianNames {
    static let surnames = """
        Flores Sánchez García Rodríguez Rojas Torres López Díaz Ramos Vásquez Ramírez Castillo
        Chávez Pérez Gonzales Fernández Castro Mendoza Cruz Espinoza Vargas Huamán Gutiérrez Silva
        Romero Salazar Ramírez Reyes Herrera Medina Morales Aguilar Delgado Ruiz Guerrero Ríos
        Paredes Martínez Campos Córdova Carrasco Alvarado Cárdenas Rivera Peña Ortiz Quispe Soto
        Guevara Valverde Palomino Zapata Cabrera Vega Valdivia Chumpitaz Salinas Cáceres Meza
        Bravo Muñoz Carbajal Alvarez Núñez Zavala Villanueva Navarro León Alarcón Acosta Ayala
        Tello Tafur Aguirre Suárez Pacheco Solís Zegarra Figueroa Montoya Ponce Calderón Escobar
        Bustamante Arias Contreras Hidalgo Trujillo Benites Vilela Yarlequé Chiroque Sandoval
        Ordinola Saavedra Mogollón Farfán Crisanto Sullón Timaná Purizaca Periche Nima Chunga
        Eche Fiestas Querevalú Panta Jacinto Santisteban Chapoñán Bances Llontop Puicán Cajusol
        Ñique Gamarra Rebaza Azabache Huertas Rubio Segura Cubas Vallejos Tarrillo Bustamante
        Idrogo Cieza Rafael Coronel Barboza Llamo Terrones Cotrina Becerra Villegas Zelada
        Pinedo Tuanama Isuiza Sangama Shupingahua Cachique Tapullima Amasifuén Pizango Ushiñahua
        Del_Águila Reátegui Rengifo Arévalo Panduro Macedo Vela Noriega Ruíz Pezo Grández Satalaya
        Wong Chang Chong Chiu León Lau Tang Fukuda Tanaka Nakamura Higa Kanashiro Oshiro Yamashiro
        De_la_Cruz De_la_Torre De_la_Rosa De_los_Santos Del_Castillo Del_Carpio La_Rosa La_Torre
        Belaúnde Prado Miró_Quesada Pardo Barrios Olivares Bedoya Bernales Arce Linares Rospigliosi
        Málaga Portocarrero Zúñiga Neyra Valencia Oviedo Velarde Benavides Cornejo Zeballos Ugarte
        Tejada Cuadros Galindo Valenzuela Ormeño Hernández Pachas Tasayco Magallanes Saravia
        Almeyda Napa Yataco Atúncar Levano Martínez Marcos Uribe Anicama Cabezudo Ferreyra Barreto
        Maldonado Robles Jara Tarazona Cerna Norabuena Obregón Milla Alva Haro Caballero Rosales
        Sifuentes Bazán Moreno Cueva Aliaga Marín Luna Quiroz Murillo Pineda Escalante Montes
        Carranza Manrique Miranda Arroyo Ávalos Burga Villar Lozano Vera Lara Valle Olivera
        """

    /// Quechua and Aymara surnames, and Spanish ones of the highlands.
    static let andeanSurnames = """
        Quispe Mamani Huamán Condori Flores Ccori Apaza Choque Huanca Ticona Cruz Chambi Calla
        Vilca Machaca Puma Ccama Layme Sucari Turpo Pari Coila Cutipa Yana Coaquira Arapa Cahuana
        Huarachi Calisaya Callata Catacora Chura Quenta Tito Parí Chuquimamani Charca Copa Larico
        Huallpa Ccahuana Ccapa Ccopa Sullca Taipe Yupanqui Inca Atauchi Auccapuclla Huillca
        Huaraca Pumacahua Quillahuamán Titto Ccoyllo Champi Huayta Huaita Rimachi Oré Palomino
        Ayala Curi Cusi Llactahuamán Ñahui Ñahuincopa Chocca Ccente Crispín Enríquez Huarcaya
        Matamoros Paitán Quichca Raymundo Riveros Soto Taype Unocc Yauri Zúñiga Carhuas Carhuapoma
        Chuquillanqui Inga Poma Camargo Chamorro Huaynalaya Lázaro Malpartida Rojas Ricse Sedano
        Tinoco Vílchez Yaranga Cóndor Colque Cáceres Ramos Ramírez López Torres Sánchez Gutiérrez
        Mendoza Vargas Pérez Rojas Huaranca Maquera Jahuira Aguilar Ancco Ccallo Chipana Cachi
        Esquivel Figueredo Gonza Holguín Illanes Jallo Kana Laura Luque Mayta Nina Ojeda Pacco
        Quea Ramos Sacaca Supo Tapia Uscamayta Velásquez Yapu Zela Huacho Pillaca Cárdenas Ochoa
        Alanya Bendezú Ccencho Conde Escriba García Janampa Lapa Loayza Medina Morote Najarro
        Pariona Quicaño Romaní Sulca Tenorio Vega Yucra
        """

    static let surnameTail = SurnameTail(families: [
        (
            stems: """
            Alb Alc Ald Alm Ambr Anc Ang Arell Arm Arr Ast Bal Ball Barb Bard Barr Bast Bec Ben
            Berm Berr Boc Bon Borr Brice Burg Cab Cald Calv Camp Canc Cant Carb Card Carr Casan
            Casc Cast Cent Cerv Chac Chir Cob Colch Coll Corb Cord Coron Cosi Cov Cub Dav Dom Dur
            Elg Enc Esc Esp Esquiv Estr Fal Far Fer Figu Fonsec Franc Gal Gall Gamb Gan Garr Gil
            God Gom Gran Grad Guard Guer Guz Her Hid Hig Holg Hor Hurt Inf Jar Jim Labr Lam Land
            Led Leg Liz Loay Lob Loz Luc Luj Mac Mach Mad Mald Manr Manz Marc Marr Mat Mejí Melg
            Mend Merc Mes Mir Mol Mond Mont Mor Mosc Moy Mur Nav Neg Nog Obl Ocamp Och Olaech Oliv
            Ord Orell Orm Orop Os Ot Pad Pal Pan Par Past Pel Per Pic Pim Pizar Pol Porr Poz Pul
            Quev Quij Quint Ram Reb Rend Ret Riv Rob Rod Rol Rom Ros Rued Sal Sald Salg Sant Sarm
            Seb Seg Sev Sol Som Sot Tab Tam Tav Tej Ter Tol Tor Torr Tuest Ug Urb Urr Val Valc Vel
            Ven Verg Vic Vid Vill Viz Yep Zam Zar Zev Zum Zur
            """,
            endings: """
            ado ada ales ero era eda edo illo illa ares ano ana ino ina ona ón ondo uela uelo
            ez az iz osa oso oza eta ete al ar án ín asco ante ente ida ido ena eño aga ego
            azábal alde olea arte eche umen ique
            """
        ),
        (
            stems:
                "Chan Chiro Ipa Lla Mechá Ñi Pui Que Sechu Sullu Tem Tum Vilche Yar Chero Effio Farro Inoñá Lluen Mino Neci Paiva Quesqu",
            endings: "quén poñán cajal toque món sol zán gual pe nama llán lequé ño chún mo"
        ),
    ])

    static let andeanSurnameTail = SurnameTail(families: [
        (
            stems: """
            Huaman Quispe Mama Condor Ccor Puma Cusi Chuqui Sulca Llacta Ata Auca Cari Chalco
            Chipa Coa Coya Cuti Hualla Huaylla Huanca Huara Illa Inca Jalla Laura Llalla Lupa
            Macha Maita Nina Ñau Paco Pari Paucar Quilla Quina Rima Saca Sina Suca Tica Tito
            Tupa Ucha Vilca Yana Yupan Carhua Poma Alca Anco Callo Ccapa Challa Huillca Kana
            """,
            endings: """
            ni ri huaman puma quispe chi lla cota yupa pari ta mani cahua rana que naupa yauri
            rimachi condo sonco tupa llanca cusi nina pacha ricra colque chura ticona pata
            """
        )
    ])

    static let femaleGiven = [
        """
        María Rosa Juana Victoria Julia Luisa Teresa Carmen Isabel Ana Margarita Lucía Felicita
        Paula Martha Olga Josefa Antonia Santos Francisca Elena Dominga Angélica Zoila Emilia
        Eulalia Gregoria Hermelinda Nicolasa Petronila Marcelina Simona Saturnina Fortunata
        Leonarda Maximiliana Inés Blanca Delia Esther Graciela Yolanda Consuelo Bertha
        """,
        """
        María Rosa Ana Carmen Luz Gladys Elizabeth Nancy Martha Norma Silvia Julia Juana Teresa
        Luisa Flor Victoria Sonia Lidia Elena Susana Esther Nelly Irma Yolanda Isabel Patricia
        Bertha Mercedes Doris Delia Vilma Zoila Olga Maruja Gloria Marlene Edith Lourdes Marina
        Alicia Blanca Haydée Elva Felícita Emperatriz Clotilde
        """,
        """
        María Rosa Ana Milagros Karina Jessica Carmen Katherine Diana Claudia Rocío Elizabeth
        Vanessa Cinthya Yesenia Luz Maribel Mónica Liliana Sandra Patricia Evelyn Carla Giovanna
        Paola Angélica Gisela Roxana Marleny Miriam Nelly Silvia Lizbeth Mayra Lourdes Fiorella
        Melissa Yanet Janeth Pamela Erika Verónica Noemí Ruth Gabriela Cecilia Marisol Nataly
        Susan Jackeline Edith Leydi Medaly Rosmery Yovana
        """,
        """
        Camila Valentina Luciana María Ximena Sofía Fernanda Milagros Angie Nicole Alessandra
        Daniela Gabriela Valeria Andrea Brenda Mía Kiara Luana Fabiana Antonella Ariana Zoe Emma
        Xiomara Danna Briana Alexandra Yamile Rosa Ana Jimena Brianna Mayte Isabella Aitana
        Catalina Nayeli Dayana Geraldine Abigail Lucero Flor Maricielo Estrella Thaís Naomi
        Shantal Almendra Luz Romina Rafaela Samantha Adriana Sol Greysi Jhoselyn
        """,
    ]

    static let maleGiven = [
        """
        José Juan Manuel Luis Pedro Francisco Víctor Julio Carlos Jesús Félix Máximo Alejandro
        Santos Antonio Pablo Mariano Jorge Gregorio Andrés Marcelino Segundo Domingo Teófilo
        Santiago Eusebio Emilio Leoncio Fortunato Saturnino Hipólito Nicanor Feliciano Zenón
        Justo Agustín Benito Hilario Alberto Daniel Lorenzo Ricardo Román Leonidas
        """,
        """
        José Juan Luis Carlos Jorge Víctor Manuel Julio César Pedro Miguel Jesús Walter Raúl
        Ricardo Santos Alberto Wilfredo Percy Edgar Marco Roberto Hugo Eduardo Félix Rubén Óscar
        Segundo Fernando Javier Ángel Máximo Antonio Guillermo Enrique Alejandro Wilmer Freddy
        Alfredo Daniel Francisco Hernán Mario Rolando Abel Teodoro Fidel Edwin Elmer Nelson
        """,
        """
        José Juan Luis Carlos Jorge Miguel César Víctor Julio Cristian Manuel Marco Jhon David
        Edwin Daniel Javier Wilmer Alex Christian Franklin Percy Richard Eduardo Jesús Henry
        Michael Diego Elvis Roger Edgar Ronald Fernando Pedro Óscar Raúl Renzo Iván Paul Joel
        Junior Alexander Jonathan Kevin Gustavo Rubén William Rolando Abel Wilber Yuri Eder
        Hans Efraín Denis Santos
        """,
        """
        Luis José Sebastián Carlos Diego Juan Alexander Thiago Adriano Mateo Fabricio Rodrigo
        Jesús Piero Jhon Kevin Joaquín Gabriel Liam Santiago Gael Matías Miguel Anthony Dylan
        Leonardo André Cristian Daniel Ángel Fabián David Jorge Bruno Josué Aarón Jean Stefano
        Lian Ian Lucas Marco Víctor Salvador Álvaro Jeremy Smith Neymar Emiliano Manuel Samir
        Valentino Bastián Alonso Yair Max Jhordan Brayan Edú
        """,
    ]

    static let nicknames = """
        Francisco=Pancho,Paco José=Pepe Manuel=Manolo,Mañuco Luis=Lucho Eduardo=Lalo
        Guillermo=Memo Sebastián=Sebas Alejandro=Alejo Nicolás=Nico Antonio=Toño Jorge=Coco
        Fernando=Nano Roberto=Beto Alberto=Beto Joaquín=Joaco Daniel=Dani Gabriel=Gabo
        Alejandra=Ale Carolina=Caro Daniela=Dani Valentina=Vale Fernanda=Fer Gabriela=Gaby
        Milagros=Mili,Mila Mercedes=Meche Rosario=Charo Isabel=Chabela Consuelo=Chelo
        Soledad=Sole Patricia=Paty Verónica=Vero Elizabeth=Eli Teresa=Tere Susana=Susy
        Katherine=Kathy Jessica=Jessy Antonella=Anto Juana=Juanita Carmen=Carmencita
        Rosa=Rosita Teodoro=Teo Wilfredo=Willy Enrique=Quique Ricardo=Richi Luciana=Lu Jesús=Chucho
        """

    static let abbreviations = """
        María=Ma. Francisco=Fco. José=J. Juan=Jn. Antonio=Ant. Manuel=Ml. Guillermo=Gmo.
        Fernando=Fdo. Alejandro=Alej. Cristian=Crist. Carmen=Carm. Santos=Sts. Victoria=Vict.
        """
}
